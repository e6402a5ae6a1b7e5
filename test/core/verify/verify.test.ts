import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataSet } from '../../../src-main/core/datasets/catalog'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { VECTOR_FILES, verify } from '../../../src-main/core/verify'
import type { VerifyTools } from '../../../src-main/core/verify/tools'
import type { ImageSet } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'

const root = join(import.meta.dirname, '../../..')
const set = dataSet('mnist16')
const bytes = (name: string): Uint8Array =>
  readFileSync(join(root, 'node_modules', set.origin.package, set.origin.folder, name))
let images: { train: ImageSet; test: ImageSet } | undefined
const tools: VerifyTools = {
  open: (silicon, trialSeed) => openChip({ ...silicon, trialSeed }),
  kernels: kernelsForTest(),
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  mnist16: () =>
    (images ??= {
      train: set.build(bytes(set.train.images.name), bytes(set.train.labels.name)),
      test: set.build(bytes(set.test.images.name), bytes(set.test.labels.name))
    })
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
const read = (name: string): Json => JSON.parse(readFileSync(join(root, 'resources/vectors', name), 'utf8')) as Json

/** the file with the value at `path` replaced */
function changed(name: string, path: (string | number)[], change: (old: Json) => Json): Json {
  const file = read(name)
  let at = file as Record<string | number, Json>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, Json>
  const last = path[path.length - 1]
  at[last] = change(at[last])
  return file
}
const add = (by: number) => (old: Json) => Number(old) + by
const times = (by: number) => (old: Json) => Number(old) * by
/** of ttfs.json, the first case without a spike */
const NO_SPIKE = 45

describe('verify', () => {
  it.each(VECTOR_FILES)('%s is met', (name) => {
    const suite = verify(read(name), name, tools)
    expect(suite.cases).toBeGreaterThan(0)
    expect(suite.maxError).toBeLessThanOrEqual(1)
    expect(suite.passed).toBe(true)
    expect(suite.quantities.every(({ worst, limit }) => worst <= limit)).toBe(true)
  })

  it.each<[string, (string | number)[], (old: Json) => Json]>([
    ['surrogate.json', ['small', 0, 'grad_w1', 3, 2], add(1e-6)],
    ['surrogate.json', ['small', 1, 'measured', 'hidden_mem', 7, 0, 3], add(1e-3)],
    ['surrogate.json', ['small', 3, 'hidden_mem', 30, 2, 5], add(1e-9)],
    ['surrogate.json', ['small', 4, 'w2', 2, 1], add(1e-3)],
    ['surrogate.json', ['full', 0, 'spike_sha256'], () => 'f'.repeat(64)],
    ['surrogate.json', ['full', 1, 'checksum', 'grad_w1', 'ramp'], add(1e-3)],
    ['surrogate.json', ['full', 1, 'max_over_time', 3, 4], add(1e-9)],
    ['surrogate.json', ['training', 0, 'loss_parts', 'ce'], add(1e-9)],
    ['surrogate.json', ['training', 1, 'argmax_time', 2, 1], add(1)],
    ['surrogate.json', ['training', 2, 'readout', 9, 1, 1], add(1e-3)],
    ['surrogate.json', ['training', 5, 'grad_w2', 9, 1], add(1e-3)],
    ['mnist16.json', ['images', 12, 'label'], add(1)],
    ['mnist16.json', ['images', 7, 'pixels', 100], (old) => (Number(old) + 2) % 256],
    ['lif_traces.json', ['lif', 2, 'spikes', 0], add(1e-6)],
    ['lif_traces.json', ['lif', 0, 'V', 40], add(1e-8)],
    ['lif_traces.json', ['grid', 1, 'spike_steps', 2], add(1)],
    ['lif_traces.json', ['grid', 0, 'I', 80], add(1e-9)],
    ['lif_traces.json', ['lif', 0, 't_end'], add(10)],
    ['lif_traces.json', ['adex', 1, 't_end'], add(-1)],
    ['yin_yang.json', ['datasets', 2, 'last_value', 1], add(1e-12)],
    ['yin_yang.json', ['datasets', 1, 'last_label'], add(1)],
    ['ttfs.json', ['cases', 1, 'causal_set_size'], add(1)],
    ['ttfs.json', ['cases', 1, 'dVdT'], times(1 + 1e-7)],
    ['ttfs.json', ['cases', NO_SPIKE, 'V_max'], times(1 + 1e-7)],
    ['ttfs.json', ['cases', NO_SPIKE, 'V_max'], times(1 - 1e-7)],
    ['delgrad.json', ['configs', 2, 'label_T', 0, 0], add(1e-3)]
  ])('finds a wrong value in %s at %j', (name, path, change) => {
    const suite = verify(changed(name, path, change), name, tools)
    expect(suite.passed).toBe(false)
    expect(suite.maxError).toBeGreaterThan(1)
  })

  // one kernel serves all orders of a step: with a wrong constant, the cases of each are off
  it.each<['small' | 'full' | 'training', number, string, number]>([
    ['small', 0, 'idealForward', 9], // model A, membrane decay
    ['small', 1, 'surrogateBackward', 9], // model A in the loop
    ['small', 3, 'idealForward', 12], // model B, what is kept of the membrane at the reset
    ['small', 5, 'surrogateBackward', 10], // model B in the loop
    ['full', 0, 'readoutAdjoint', 6],
    ['full', 1, 'idealForward', 8],
    ['training', 0, 'idealForward', 12], // model C, subtraction at the reset
    ['training', 0, 'surrogateBackward', 11]
  ])('finds a fast kernel that does not do what the reference says: %s %i, %s', (part, which, name, argument) => {
    const cases = read('surrogate.json') as Record<string, Json[]>
    const file = { ...cases, small: [] as Json[], full: [] as Json[], training: [] as Json[] }
    file[part] = [cases[part][which]]
    const { kernels } = tools
    const wrong = (...given: number[]): number =>
      kernels.run[name](...given.map((value, k) => (k === argument ? value * 0.99 + 0.01 : value)))
    const broken = { ...tools, kernels: { ...kernels, run: { ...kernels.run, [name]: wrong } } }
    expect(verify(file, 'surrogate.json', tools).passed).toBe(true)
    const suite = verify(file, 'surrogate.json', broken)
    expect(suite.passed).toBe(false)
    const off = suite.quantities.filter(({ worst, limit }) => worst > limit)
    expect(off.every((quantity) => quantity.name.includes('fast kernels'))).toBe(true)
  })

  it.each<[string, (string | number)[], Json, string]>([
    ['mnist16.json', ['suite'], 'mnist17', "suite 'mnist17' is unknown; allowed are surrogate, mnist16, lif_traces"],
    ['mnist16.json', ['limits'], 3, 'mnist16.json: limits: expected an object'],
    ['mnist16.json', ['images', 0, 'index'], 60000, 'images[0].index: expected a whole number from 0 to 59999'],
    ['surrogate.json', ['small', 0, 'w1', 3], [1, 2], 'small[0].w1[3]: expected a list of 15'],
    ['surrogate.json', ['small', 0, 'w1', 3, 1], 'x', 'small[0].w1[3][1]: expected a number'],
    [
      'surrogate.json',
      ['training', 0, 'input_spikes_t_b_n', 0, 0],
      20,
      'input_spikes_t_b_n[0][0]: expected a whole number'
    ],
    ['surrogate.json', ['small', 0, 'model'], 'D', 'surrogate.json: small[0].model: expected A or B'],
    ['surrogate.json', ['training', 0, 'params', 'theta'], 2, "expected 1, the kernels' threshold"],
    ['lif_traces.json', ['lif', 0, 'params'], {}, 'lif_traces.json: lif[0].params.tau_m is missing'],
    ['delgrad.json', ['configs', 0, 'inputs', 'w2'], [], 'configs[0].inputs.w2: expected a row for each'],
    ['delgrad.json', ['configs', 1, 'hidden_T'], [], 'configs[1].hidden_T: expected a list of']
  ])('says in one line what is malformed in %s at %j', (name, path, value, message) => {
    const run = (): unknown =>
      verify(
        changed(name, path, () => value),
        name,
        tools
      )
    expect(run).toThrow(message)
    expect(run).toThrow(/^[^\n]+$/)
  })

  it('refuses a case that no memory holds', () => {
    const file = changed('surrogate.json', ['small', 0, 'sizes'], () => [4096, 4096, 4096]) as Record<string, Json[]>
    Object.assign(file['small'][0] as object, { T: 10_000, batch: 10_000 })
    expect(() => verify(file, 'x.json', tools)).toThrow(/^x\.json: small\[0\]\.sizes: expected a network [^\n]+$/)
  })

  it('does not pass a file without a case', () => {
    const file = { ...(read('lif_traces.json') as Record<string, Json>), lif: [], grid: [], adex: [] }
    expect(verify(file, 'x.json', tools)).toMatchObject({ cases: 0, passed: false })
  })

  it('refuses what is no file of reference values', () => {
    expect(() => verify([1, 2], 'x.json', tools)).toThrow('x.json: expected an object')
    expect(() => verify({}, 'x.json', tools)).toThrow('x.json: suite is missing')
  })
})
