/** A result cannot exist without what it was made of. */
import { describe, expect, it } from 'vitest'
import { idealRun, newChip, newJob, record, temporaryStore } from './fixtures'

describe('a run', () => {
  it.each([
    'job',
    'config',
    'configHash',
    'versions',
    'host',
    'seed',
    'seeds',
    'dataset',
    'datasetSha256',
    'chipSerial',
    'excluded',
    'epochs',
    'createdAt',
    'method'
  ] as const)('is refused without %s', (field) => {
    const store = temporaryStore()
    const whole = idealRun(newJob(store))
    expect(() => store.runs.create({ ...whole, [field]: null } as never)).toThrow()
    expect(store.runList.groups('', ['chip'])).toEqual([])
  })

  it('on a chip is refused without the chip, its seed and its calibration', () => {
    const store = temporaryStore()
    const chip = newChip(store)
    const onChip = {
      ...idealRun(newJob(store)),
      chip,
      chipSerial: 'HX-0001',
      chipSeed: 1,
      mismatch: 1,
      calibrationUse: 'default' as const
    }
    expect(() => store.runs.create({ ...onChip, chip: null })).toThrow('CHECK')
    expect(() => store.runs.create({ ...onChip, chipSeed: null })).toThrow('CHECK')
    expect(() => store.runs.create({ ...onChip, mismatch: null })).toThrow('CHECK')
    expect(() => store.runs.create({ ...onChip, calibrationUse: 'calibrated' })).toThrow('CHECK')
    expect(() => store.runs.create({ ...onChip, chip: 'hx-99' })).toThrow('FOREIGN KEY')
    expect(() => store.runs.create({ ...onChip, configHash: 'short' })).toThrow('CHECK')
    expect(store.runs.get(store.runs.create(onChip)).chip).toBe(chip)
  })

  it('comes back with its whole record', () => {
    const store = temporaryStore()
    const given = { ...idealRun(newJob(store)), name: 'first' }
    const run = store.runs.get(store.runs.create(given))
    expect(run).toMatchObject({
      ...record,
      name: 'first',
      seeds: { run: 1 },
      datasetSha256: given.datasetSha256,
      status: 'queued'
    })
  })

  it('keeps epochs as they come and sums them up', () => {
    const store = temporaryStore()
    const run = store.runs.create(idealRun(newJob(store)))
    const epoch = {
      loss: 1,
      trainAccuracy: 0.5,
      testAccuracy: 0.6,
      hiddenSpikesPerSample: 30,
      samplesPerSecond: 100,
      seconds: 2
    }
    store.runs.append(run, { ...epoch, epoch: 1 }, 10_000)
    store.runs.append(run, { ...epoch, epoch: 2, testAccuracy: 0.7, samplesPerSecond: 300 }, 10_000)
    expect(store.runs.history(run)).toHaveLength(2)
    expect(store.runs.summary(run)).toMatchObject({
      epochsDone: 2,
      samplesPerSecond: 200,
      seconds: 4,
      metrics: { testAccuracy: 0.7, n: 10_000, hiddenSpikesPerSample: 30, trainAccuracy: 0.5 }
    })
  })
})

describe('a checkpoint', () => {
  it('is the newest, and comes back with the same bits', () => {
    const store = temporaryStore()
    const run = store.runs.create(idealRun(newJob(store)))
    const checkpoint = { epoch: 1, arrays: { hidden: Float32Array.of(0.1, -0, 3) }, numbers: { meanPower: 0.9 ** 7 } }
    store.runArrays.saveCheckpoint(run, checkpoint)
    store.runArrays.saveCheckpoint(run, { ...checkpoint, epoch: 2 })
    expect(store.runArrays.checkpoint(run)).toEqual({ ...checkpoint, epoch: 2 })
    expect(store.runArrays.checkpointOf(run)?.epoch).toBe(2)
  })
})

describe('ids', () => {
  it('count up by kind and are never given twice', () => {
    const store = temporaryStore()
    expect([newChip(store), newChip(store)]).toEqual(['hx-1', 'hx-2'])
    store.chips.remove('hx-2')
    expect([newChip(store), newJob(store)]).toEqual(['hx-3', 'j-1'])
  })
})

describe('a chip', () => {
  it('is found by id or by name, and names are not given twice', () => {
    const store = temporaryStore()
    newChip(store, 'bench left')
    expect(store.chips.get('bench left').id).toBe('hx-1')
    expect(() => newChip(store, 'Bench Left')).toThrow('belongs to chip hx-1')
    expect(() => newChip(store, 'hx-1')).toThrow('belongs to chip hx-1')
    expect(() => store.chips.get('hx-7')).toThrow('known: hx-1')
  })

  it('that a run was made on cannot be deleted', () => {
    const store = temporaryStore()
    const chip = newChip(store)
    const where = { chip, chipSerial: 'HX-0001', chipSeed: 1, mismatch: 1, calibrationUse: 'default' as const }
    store.runs.create({ ...idealRun(newJob(store)), ...where })
    expect(() => store.chips.remove(chip)).toThrow('1 run(s)')
    expect(store.chips.list()).toHaveLength(1)
  })
})
