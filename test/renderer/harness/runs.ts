/** Synthetic runs, their histories and dashboards. */
import type { Dashboard, Epoch, Run, RunDetail, SampleView } from '../../../src-renderer/api/types'
import { HUES, LINES } from '../../../src-main/contract/run-style'
import { Stream } from '../../../src-main/core/random/stream'
import { ago } from './chips'

const NAMES = [
  'baseline, rerun',
  'baseline',
  'baseline, other chip',
  'weights copied',
  'no regulariser',
  'lr sweep',
  'night check',
  'fewer bins',
  'ideal dynamics',
  'seed sweep'
]
const CHIPS: [string, string][] = [
  ['hx-1', 'HX-07'],
  ['hx-2', 'HX-03'],
  ['ideal', 'ideal']
]

export function history(seed: number, epochs: number, floor: number): Epoch[] {
  const stream = new Stream(seed, 'history')
  return Array.from({ length: epochs }, (_, k) => {
    const error = floor + (0.62 - floor) * Math.exp(-(k + 1) / 1.15) + 0.03 * Math.exp(-(k + 1) / 9)
    const noisy = error * (1 + 0.04 * stream.normal())
    return {
      epoch: k + 1,
      loss: (0.05 + 2 * Math.exp(-(k + 1) / 2.4) + 0.1 * Math.exp(-k / 12)) * (1 + 0.05 * stream.normal()),
      trainAccuracy: 1 - noisy * 0.8,
      testAccuracy: 1 - noisy,
      hiddenSpikesPerSample: 40 + 82 * Math.exp(-(k + 1) / 5.5) + 0.8 * stream.normal(),
      samplesPerSecond: 11_800 + 300 * stream.normal(),
      seconds: 5.2
    }
  })
}

export function runs(count: number, live: boolean): Run[] {
  const stream = new Stream('runs')
  return Array.from({ length: count }, (_, k): Run => {
    const running = live && k === 0
    const status = running ? 'running' : k === 7 ? 'failed' : k === 11 ? 'interrupted' : k === 14 ? 'cancelled' : 'done'
    const [chip, chipName] = CHIPS[k === 0 || k === 1 ? 0 : stream.below(3)]
    const epochsDone = running ? 12 : status === 'failed' ? 0 : status === 'interrupted' ? 19 : 30
    const accuracy = epochsDone === 0 ? null : 0.962 + 0.006 * stream.normal()
    return {
      id: `r-${count - k}`,
      name: NAMES[k % NAMES.length],
      status,
      method: 'surrogate',
      dataset: 'mnist16',
      chip,
      chipName,
      calibration: chip === 'ideal' ? null : k % 9 === 3 ? null : 'c-12',
      seed: 1 + (k % 4),
      configHash: '9c417be0a2f1',
      epochs: 30,
      epochsDone,
      metrics: {
        trainAccuracy: accuracy && accuracy + 0.01,
        testAccuracy: accuracy,
        n: 10_000,
        hiddenSpikesPerSample: accuracy && 42
      },
      samplesPerSecond: 11_800,
      seconds: epochsDone * 5.2,
      createdAt: ago(4 + k * 31),
      star: k === 1 || k === 4 || k === 9,
      tags: k % 5 === 0 ? ['nightly'] : [],
      note: k === 1 ? 'as in the paper' : '',
      colour: HUES[(count - k) % 8],
      line: LINES[Math.floor((count - k) / 8) % 4],
      deleted: k === count - 1,
      job: running ? 'j-9' : `j-${100 + k}`
    }
  })
}

export function runDetail(run: Run): RunDetail {
  return {
    ...run,
    error: run.status === 'failed' ? 'database or disk is full' : null,
    resumable: run.status === 'interrupted',
    warnings: run.calibration === 'c-9' ? ['calibration c-9 is superseded: c-12 is active now'] : [],
    config: {
      batch: 100,
      learningRate: run.name === 'lr sweep' ? 0.003 : 0.0015,
      tauMem: 6,
      tauSyn: 6,
      hidden: 246,
      bins: 20,
      binUs: 1.7,
      burst: 4e-6,
      weightDecay: 4e-4,
      beta: 50,
      chip: run.chip,
      calibration: run.chip === 'ideal' ? 'ideal' : run.calibration === null ? 'median' : 'calibrated'
    },
    chipTime: null,
    conversion: { weightScale: 241.2, leakLsb: 80, thresholdLsb: 150 },
    history: history(run.seed * 17 + Number(run.id.slice(2)), run.epochsDone, run.chip === 'ideal' ? 0.031 : 0.036),
    provenance: {
      app: '0.1.0',
      core: 'ba5ea925ffb5815e',
      schema: 121,
      runtime: 'Electron 33.2.1',
      threads: 2,
      host: 'bench (linux x64)',
      datasetSha256: '51d088c4a2b76ee1b4b5d0b4f3c0b7b3a1d9a5a2b6c0f8d7e6f5a4b3c2d1e0f9',
      chipSerial: run.chip === 'ideal' ? 'ideal' : 'HX-FC97-B1A6',
      chipSeed: run.chip === 'ideal' ? null : 0x7a31,
      calibrationUse: run.chip === 'ideal' ? 'ideal' : 'calibrated',
      excluded: '88, 391',
      'seed run': run.seed
    },
    again:
      run.seed === 2
        ? [
            { run: 'r-3', status: 'done', reproduced: true, firstDifference: null },
            {
              run: 'r-4',
              status: 'done',
              reproduced: false,
              firstDifference: { epoch: 7, quantity: 'loss', recorded: 0.06218, again: 0.06221 }
            }
          ]
        : [],
    evaluations:
      run.status === 'done' ? [{ id: 'e-1', chip: 'hx-2', calibration: 'none', testAccuracy: 0.8721, n: 10_000 }] : []
  }
}

export function dashboard(seed = 7): Dashboard {
  const stream = new Stream(seed, 'dashboard')
  const confusion = new Float64Array(100)
  for (let k = 0; k < 100; k++) confusion[k] = Math.max(0, Math.round(2.2 + 2.2 * stream.normal()))
  for (const [label, read, n] of [
    [4, 9, 21],
    [9, 4, 17],
    [7, 2, 14],
    [5, 3, 13],
    [3, 5, 11],
    [2, 7, 9]
  ])
    confusion[label * 10 + read] = n
  for (let k = 0; k < 10; k++) {
    confusion[k * 11] = 0
    confusion[k * 11] = 1000 - confusion.slice(k * 10, k * 10 + 10).reduce((a, b) => a + b)
  }
  const edges = Float64Array.from({ length: 43 }, (_, k) => -63 + (126 * k) / 42)
  const counts = Float64Array.from({ length: 42 }, (_, k) => Math.round(900 * Math.exp(-(((k - 20.5) / 9) ** 2)) + 40))
  counts[0] = counts[41] = 190
  const units = 24
  const fields = Float32Array.from({ length: units * 256 }, () => 0)
  for (let u = 0; u < units; u++) {
    const [cx, cy, angle, size] = [
      7.5 + 2.6 * stream.normal(),
      7.5 + 2.6 * stream.normal(),
      3.1 * stream.uniform(),
      9 + 12 * stream.uniform()
    ]
    for (let k = 0; k < 256; k++) {
      const [dx, dy] = [(k & 15) - cx, (k >> 4) - cy]
      fields[u * 256 + k] =
        0.3 * Math.exp(-(dx * dx + dy * dy) / size) * Math.cos(1.3 * (dx * Math.cos(angle) + dy * Math.sin(angle))) +
        0.03 * stream.normal()
    }
  }
  return {
    confusion,
    classes: 10,
    weights: { counts, edges, clippedShare: 0.058, fields, units, side: 16 },
    sample: sample(stream)
  }
}

function sample(stream: Stream): SampleView {
  const image = new Uint8Array(256)
  const stroke: [number, number][] = []
  for (let t = 0; t < 40; t++)
    stroke.push([8 + 3.2 * Math.sin(t / 6.5), 2.5 + t * 0.28], [8 + 3.5 * Math.abs(Math.sin(t / 6.4)), 2.5 + t * 0.28])
  for (const [x, y] of stroke) image[Math.round(y) * 16 + Math.round(x)] = 255
  const bins = 20
  const inputs = Array.from(image.entries()).filter(([, value]) => value > 0)
  const hidden = Array.from({ length: 44 }, () => [3 + 14 * stream.uniform(), stream.below(246)])
  const lanes = 3
  const measured = new Float32Array(lanes * bins)
  const modelled = new Float32Array(lanes * bins)
  for (let u = 0; u < lanes; u++) {
    let [v, m, drive] = [0, 0, 0]
    for (let k = 0; k < bins; k++) {
      drive = drive * 0.75 + (k < 9 ? 0.18 * (u === 2 ? 0.6 : 1) + 0.12 * stream.normal() : 0)
      v = v > 1 ? 0 : v * 0.78 + drive
      m = m > 1 ? 0 : m * 0.78 + drive * 0.97
      measured[u * bins + k] = v + 0.02 * stream.normal()
      modelled[u * bins + k] = m
    }
  }
  const size = [2, -6, 7, 27, -3, 14, -9, 1, 9, 4]
  const readout = Float32Array.from({ length: 10 * bins }, (_, k) => {
    const t = (k % bins) * 1.7
    return (size[Math.floor(k / bins)] / 10) * (t / 13) * Math.exp(1 - t / 13) + 0.02 * stream.normal()
  })
  return {
    index: 412,
    label: 3,
    read: 3,
    image,
    side: 16,
    binUs: 1.7,
    bins,
    inputSpikes: {
      bin: Float32Array.from(inputs, () => 1 + 8 * stream.uniform()),
      unit: Uint16Array.from(inputs, ([k]) => k)
    },
    hiddenSpikes: { bin: Float32Array.from(hidden, ([t]) => t), unit: Uint16Array.from(hidden, ([, u]) => u) },
    shown: [31, 137, 204],
    measured,
    modelled,
    readout,
    probabilities: [0.001, 0, 0.002, 0.984, 0, 0.011, 0, 0, 0.002, 0]
  }
}
