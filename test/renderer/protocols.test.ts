/** Protocols: what a form asked for, under a key, kept with the workspace and taken back. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../src-renderer/api/client'
import { Preferences } from '../../src-renderer/state/preferences.svelte'
import { chipOf, commandOf, nameOf, onChip, type Protocol, Protocols } from '../../src-renderer/state/protocols.svelte'
import { Undo } from '../../src-renderer/state/undo.svelte'

const nightly = { chip: 'hx-1', preset: 'nightly', targets: { leak: 90 }, seed: 3 }
const training = { method: 'surrogate' as const, dataset: 'mnist16', chip: 'hx-1', calibration: 'c-3', epochs: 5 }

let preferences: Preferences
let undo: Undo
let protocols: Protocols
beforeEach(() => {
  preferences = new Preferences({ call: async () => ({}) } as unknown as Client)
  undo = new Undo()
  protocols = new Protocols(preferences, undo)
})

describe('a protocol', () => {
  it('is what the form asked for, with the form', () => {
    preferences.set('calibrate.form', { chip: 'hx-1', preset: 'nightly', targets: { leak: 90 }, seed: 3 })
    protocols.save('1', 'calibrate', nightly)
    expect(protocols.of('1')).toMatchObject({ kind: 'calibrate', input: nightly, form: { preset: 'nightly' } })
    expect(protocols.of('2')).toBe(null)
    // what the form becomes later is another matter
    preferences.set('calibrate.form', { chip: 'hx-2' })
    protocols.open(protocols.of('1') as Protocol, 'hx-2')
    expect(preferences.get('calibrate.form', {})).toEqual({
      chip: 'hx-2',
      preset: 'nightly',
      targets: { leak: 90 },
      seed: 3
    })
  })

  it('is taken back, and the one before is there again', async () => {
    protocols.save('2', 'train', training)
    protocols.save('2', 'calibrate', nightly)
    await undo.undo()
    expect(protocols.of('2')?.kind).toBe('train')
    await undo.redo()
    expect(protocols.of('2')?.kind).toBe('calibrate')
    protocols.clear('2')
    expect(protocols.of('2')).toBe(null)
    await undo.undo()
    expect(protocols.of('2')?.kind).toBe('calibrate')
    // another window of the same workspace finds it
    expect(new Protocols(preferences, undo).of('2')?.kind).toBe('calibrate')
  })

  it('runs on another chip with what is active there, since a version belongs to one chip', () => {
    const protocol: Protocol = { kind: 'train', input: training, form: {} }
    expect(onChip(protocol, 'hx-1').input).toMatchObject({ chip: 'hx-1', calibration: 'c-3' })
    expect(onChip(protocol, 'hx-2').input).toMatchObject({ chip: 'hx-2', calibration: 'active' })
    expect(onChip(protocol, 'ideal').input).not.toHaveProperty('calibration')
    expect(onChip({ kind: 'calibrate', input: nightly, form: {} }, 'hx-2').input).toEqual({ ...nightly, chip: 'hx-2' })
    expect(chipOf(protocol)).toBe('hx-1')
  })

  it('says what it is and the command that does the same', () => {
    const protocol: Protocol = { kind: 'calibrate', input: nightly, form: {} }
    expect(nameOf(protocol)).toBe('Calibrate: nightly, 1 target changed')
    expect(commandOf(protocol, 'hx-7')).toBe('inloop calibrate hx-7 --preset nightly --target leak=90 --seed 3')
    expect(nameOf({ kind: 'train', input: training, form: {} })).toBe('Train surrogate on mnist16, 5 epochs')
  })

  it('that is none is not believed', () => {
    preferences.set('protocols', { 1: { kind: 'delete' }, 2: 7, 3: { kind: 'train' } })
    expect(['1', '2', '3'].map((slot) => protocols.of(slot as '1'))).toEqual([null, null, null])
  })
})
