/** A run in one file: every bit comes back, and whatever is damaged is named. */
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fromNpy, toNpy } from '../../src-main/interchange/bundle/npy'
import { readRunBundle, type RunBundle, writeRunBundle } from '../../src-main/interchange/bundle/run-bundle'
import { hashOf, type Json, sha256 } from '../../src-main/store/canonical'

const config = { seed: 1, chip: 'ideal', hidden: 3 }
const bundle: RunBundle = {
  run: {
    id: 'r-7',
    name: 'first',
    star: true,
    tags: ['night'],
    note: 'a "note",\r\nof two lines',
    status: 'done',
    method: 'surrogate',
    dataset: 'mnist16',
    datasetSha256: 'a'.repeat(64),
    seed: 1,
    seeds: { run: 1 },
    epochs: 2,
    epochsDone: 2,
    calibrationUse: 'ideal',
    excluded: [],
    config,
    configHash: hashOf(config),
    versions: { core: 'feed' },
    host: 'here',
    createdAt: '2026-01-01T00:00:00.000Z',
    conversion: { weightPerUnit: 0.1 + 0.2 },
    metrics: { trainAccuracy: 0.9, testAccuracy: 1 / 3, n: 30, hiddenSpikesPerSample: 4 },
    input: { method: 'surrogate' },
    origin: null,
    chip: null
  },
  history: [1, 2].map((epoch) => ({
    epoch,
    loss: Math.PI / epoch,
    trainAccuracy: 0.1 + 0.2,
    testAccuracy: epoch === 1 ? null : 1 / 3,
    validationAccuracy: null,
    hiddenSpikesPerSample: 1e-300,
    samplesPerSecond: 12_345.678,
    seconds: 5e-324
  })),
  checkpoint: {
    epoch: 2,
    arrays: {
      output: Float32Array.of(-0, 1.5, Infinity, 1e-45),
      'hidden.mean': Float64Array.of(Math.PI, -0),
      steps: Int32Array.of(-1, 7)
    },
    numbers: { meanPower: 0.9 ** 77 }
  },
  dashboard: { confusion: Float64Array.of(1, 2, 3, 4), classes: 2, weights: null, sample: null },
  planes: [{ epoch: 1, plane: { side: 1, read: Int8Array.of(-2), times: Float32Array.of(NaN) } }],
  calibration: null
}
const { bytes, parts } = writeRunBundle(bundle, '0.1.0')
const read = (): { [name: string]: Uint8Array } => unzipSync(bytes)
/** the message of the refusal */
const refusal = (archive: Uint8Array): string => {
  try {
    readRunBundle(archive)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'taken'
}
/** the archive with other parts, whose digests fit */
const forged = (change: (files: { [name: string]: Uint8Array }, manifest: Manifest) => void): Uint8Array => {
  const files = read()
  const manifest = JSON.parse(Buffer.from(files['manifest.json']).toString()) as Manifest
  change(files, manifest)
  for (const [name, file] of Object.entries(files))
    if (name in manifest.parts) manifest.parts[name] = { bytes: file.length, sha256: sha256(file) }
  const { sha256: _own, ...said } = manifest
  files['manifest.json'] = Buffer.from(JSON.stringify({ ...said, sha256: hashOf(said as unknown as Json) }))
  return zipSync(files)
}
interface Manifest {
  format: string
  schema: number
  parts: { [name: string]: { bytes: number; sha256: string } }
  sha256: string
}

describe('a bundle', () => {
  it('gives back every bit', () => {
    expect(readRunBundle(bytes)).toEqual(bundle)
    expect(Object.is(readRunBundle(bytes).checkpoint?.arrays['output'][0], -0)).toBe(true)
    expect(writeRunBundle(readRunBundle(bytes), '0.1.0').bytes).toEqual(bytes)
  })

  it.each(['manifest.json', ...parts])('names %s if one of its bytes is another', (name) => {
    const size = read()[name].length
    for (const at of [0, size >> 1, size - 2]) {
      const files = read()
      files[name][at] ^= 0x04
      expect(refusal(zipSync(files)), `byte ${at}`).toMatch(new RegExp(`^${name}[ :].*(damaged|given|SHA-256)`))
    }
  })

  it('names the part whose packed bytes are damaged, or that is missing', () => {
    const packed = Buffer.from(bytes)
    const at = packed.indexOf('weights/output.npy') + 'weights/output.npy'.length
    for (const k of [1, 5, 20]) {
      const damaged = Buffer.from(bytes)
      damaged[at + k] ^= 0xff
      expect(refusal(damaged)).toMatch(/^weights\/output\.npy is damaged/)
    }
    const { 'epochs.csv': _epochs, ...rest } = read()
    expect(refusal(zipSync(rest))).toBe('epochs.csv is missing')
    expect(refusal(zipSync({ ...read(), 'more.json': Buffer.from('{}') }))).toMatch(/^more\.json is not listed/)
  })

  it('is refused if it is none, or cut off', () => {
    expect(refusal(Buffer.from('PK and nothing else'))).toBe('this is no whole zip archive')
    expect(refusal(bytes.subarray(0, bytes.length - 30))).toBe('this is no whole zip archive')
    expect(refusal(zipSync({ 'a.txt': Buffer.from('a') }))).toBe('manifest.json is missing')
  })

  it('is refused where its digests fit and its content does not', () => {
    const text = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
    const other = (change: object): string =>
      refusal(forged((files) => (files['run.json'] = text({ ...bundle.run, ...change }))))
    expect(refusal(forged((_files, manifest) => (manifest.schema = 99)))).toBe(
      'schema 99 given; this version reads schema 1'
    )
    expect(refusal(forged((_files, manifest) => (manifest.format = 'else')))).toMatch(
      /format "else" given; allowed: inloop-run/
    )
    expect(other({ epochs: 'many' })).toMatch(/^run\.json: epochs: /)
    expect(other({ config: { ...config, hidden: 4 } })).toBe('run.json: configHash does not fit its config')
    expect(other({ calibrationUse: 'calibrated' })).toBe('run.json: chip does not fit calibrationUse')
    expect(refusal(forged((files) => (files['weights/steps.npy'] = toNpy(Int32Array.of(1)).slice(0, -1))))).toMatch(
      /^weights\/steps\.npy: says 1 numbers and holds 3 bytes/
    )
    expect(
      refusal(forged((files) => (files['epochs.csv'] = Buffer.from(files['epochs.csv'].toString().slice(0, 9)))))
    ).toMatch(/^epochs\.csv: columns/)
    expect(refusal(forged((files) => (files['dashboard.json'] = text({ confusion: 'none' }))))).toMatch(
      /^dashboard\.json: /
    )
  })
})

it('arrays are files that NumPy reads: magic, header of a multiple of 64 bytes, little-endian numbers', () => {
  const file = Buffer.from(toNpy(Float32Array.of(1, 2, 3)))
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00')
  const start = 10 + file.readUInt16LE(8)
  expect(start % 64).toBe(0)
  expect(file.toString('latin1', 10, start)).toMatch(
    /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3,\), \} *\n$/
  )
  expect([0, 1, 2].map((k) => file.readFloatLE(start + 4 * k))).toEqual([1, 2, 3])
  expect(fromNpy(toNpy(new Float64Array(0)))).toEqual(new Float64Array(0))
})
