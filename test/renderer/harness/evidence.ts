/** Synthetic answers about what stands behind a calibration: a decay with noise, converters, drivers, synapses, curves. */
import { fitDecay } from '../../../src-main/core/calibration/traces'
import { Stream } from '../../../src-main/core/random/stream'
import type { Output, Parsed } from '../../../src-main/contract'

export function traceAnswer(calibration: string, metric: string, neuron: number): Output<'calibration.trace'> {
  const stream = new Stream(neuron, metric)
  const tau = 5.8 + 0.4 * stream.uniform()
  const step = 0.034
  const raw = Uint16Array.from({ length: 1118 }, (_, k) =>
    Math.round(320 + 260 * Math.exp((-k * step + 8) / tau) + 3 * stream.normal())
  )
  const { from, fit } = fitDecay(raw)
  const samples = raw.slice(236)
  const curve = Float64Array.from(
    { length: samples.length },
    (_, k) => fit.offset + fit.amplitude * Math.exp((-k * step) / fit.tau)
  )
  return {
    trace: {
      calibration,
      metric,
      neuron,
      unit: 'MADC LSB',
      samples,
      stepUs: step,
      fitted: from - 236,
      fit: { quantity: 'time constant', value: fit.tau, unit: 'µs', curve },
      residualSd: 3
    }
  }
}

export function channelsAnswer({ calibration }: Parsed<'chip.converters'>): Output<'chip.converters'> {
  return {
    calibration: calibration ?? 'c-12',
    converters: (['causal', 'acausal'] as const).map((side, k) => {
      const stream = new Stream(3, side)
      const stuck = new Uint8Array(512)
      stuck[77 + 200 * k] = 1
      const each = (value: (n: number) => number): Float64Array<ArrayBuffer> =>
        Float64Array.from({ length: 512 }, (_, n) => value(n))
      return {
        side,
        gain: each((n) => (stuck[n] ? 0 : 1 + 0.004 * (n >> 7) + 0.006 * stream.normal())),
        offset: each((n) => (stuck[n] ? NaN : (k ? 4 : 0.8) * stream.normal())),
        stuck
      }
    })
  }
}

export function instancesAnswer(): Output<'calibration.instances'> {
  const map = (
    metric: string,
    per: 'driver' | 'synapse',
    [label, symbol, unit]: [string, string, string],
    target: number | null,
    [before, after, top]: [number, number, number]
  ): Output<'calibration.instances'>['maps'][number] => {
    const count = per === 'driver' ? 256 : 131072
    const stream = new Stream(9, metric)
    const middle = target ?? 50
    const values = (sd: number): Float32Array<ArrayBuffer> =>
      Float32Array.from({ length: count }, () => middle * Math.exp(sd * stream.normal()))
    const failed = new Uint8Array(count)
    failed[per === 'driver' ? 41 : 70_000] = 1
    const setting = Float32Array.from({ length: count }, () =>
      Math.max(0, Math.min(top, Math.round(top / 2 + (top / 5) * stream.normal())))
    )
    return { metric, per, label, symbol, unit, target, before: values(before), after: values(after), setting, failed }
  }
  return {
    maps: [
      map('stp_offset', 'driver', ['Plasticity offsets of the drivers', 'o_stp', 'LSB'], null, [0.1, 0.012, 15]),
      map(
        'correlation_amplitude',
        'synapse',
        ['Correlation amplitude of synapses', 'η', 'LSB/pair'],
        0.5,
        [0.36, 0.2, 3]
      ),
      map('correlation_tau', 'synapse', ['Correlation time constant of synapses', 'τ_corr', 'µs'], 5, [0.32, 0.16, 3])
    ]
  }
}

export function curvesAnswer(): Output<'calibration.curves'> {
  const at = Float64Array.from([0.5, 1, 2.5, 5, 7.5, 10, 15])
  return {
    curves: ['causal', 'acausal'].flatMap((branch, b) =>
      [0, 1, 2, 3].map((q) => {
        const stream = new Stream(q, branch)
        const curve = (factor: number): Float64Array<ArrayBuffer> =>
          at.map((us) => factor * (0.52 - 0.02 * q) * Math.exp(-us / (5 + 0.2 * q + 0.3 * b)) + 0.002 * stream.normal())
        return {
          metric: 'correlation_amplitude',
          name: `quadrant ${q}, ${branch}`,
          x: branch === 'causal' ? 'delay of post after pre, µs' : 'delay of pre after post, µs',
          y: 'stored by a pair, LSB',
          at,
          p10: curve(0.75),
          p50: curve(1),
          p90: curve(1.3)
        }
      })
    )
  }
}
