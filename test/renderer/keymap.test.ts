import { describe, expect, it } from 'vitest'
import { bindings, keyOf, refusal, refusalOf } from '../../src-renderer/lib/keys/bindings.svelte'
import { KEYMAP, type Action } from '../../src-renderer/lib/keys/keymap'
import type { Client } from '../../src-renderer/api/client'
import { Keys } from '../../src-renderer/state/keys.svelte'
import { Preferences } from '../../src-renderer/state/preferences.svelte'

const actions = Object.entries(KEYMAP) as [Action, { keys: readonly string[]; scope: string }][]

describe('shortcuts', () => {
  it('no key means two things in one place', () => {
    for (const [name, { keys, scope }] of actions) {
      const rivals = actions.filter(
        ([other, entry]) => other !== name && (entry.scope === scope || entry.scope === 'window')
      )
      for (const [, entry] of rivals) expect(entry.keys.filter((key) => keys.includes(key))).toEqual([])
    }
  })

  it('plain letters belong to a map or a list, never to the whole window', () => {
    for (const [, { keys, scope }] of actions) {
      if (scope === 'window') for (const key of keys) expect(key).toMatch(/\$mod|Alt|Shift\+\?|^(Shift\+)?F\d+$/)
    }
  })
})

describe('changed shortcuts', () => {
  it('are refused where they mean something already, or would get into typing', () => {
    expect(refusal('star', 'c')).toMatch('means “Add the run to the comparison')
    expect(refusal('star', '$mod+k')).toMatch('(Everywhere)')
    expect(refusal('palette', 'p')).toMatch('needs Ctrl or Alt')
    expect(refusal('palette', '$mod+j')).toBe(null)
    // the same letter may mean another thing in another list
    expect(refusal('star', 'h')).toBe(null)
    bindings.load({ star: ['q'], nothing: ['k'], note: 7 })
    expect(bindings.changed).toEqual({ star: ['q'] })
    expect(refusal('addToCompare', 'q')).toMatch('means “Star the run”')
    expect(refusal('addToCompare', 's')).toBe(null)
    bindings.load({})
    expect(bindings.of('star')).toEqual(KEYMAP.star.keys)
  })

  it('are not reset or undone to a key that another action has by now', () => {
    const keys = new Keys(new Preferences({ call: async () => ({}) } as unknown as Client))
    keys.change('star', ['q'])
    keys.change('addToCompare', ['s'])
    const line = 'S means “Add the run to the comparison, or remove it” already (List of runs)'
    expect(() => keys.change('star', null)).toThrow(line)
    expect(() => keys.change('star', ['s'])).toThrow(line)
    expect(bindings.of('star')).toEqual(['q'])
    keys.change('addToCompare', null)
    keys.change('star', null)
    expect(bindings.changed).toEqual({})
    // those it came with are its own, also where a person could not choose them
    expect(actions.map(([action]) => refusalOf(action, null))).toEqual(actions.map(() => null))
  })

  it('are known to be possible while something that is open answers to them', () => {
    const keys = new Keys(new Preferences({ call: async () => ({}) } as unknown as Client))
    expect(keys.has('star')).toBe(false)
    const end = keys.bind({ star: () => {} })
    keys.bind({ note: () => {} })
    expect([keys.has('star'), keys.has('note'), keys.has('trash')]).toEqual([true, true, false])
    end()
    expect([keys.has('star'), keys.has('note')]).toEqual([false, true])
  })

  it('stay with a person’s choice when a newer keymap gives the same key to another action', () => {
    bindings.load({ undo: ['F1'], star: ['F2'], note: ['c'] })
    expect(bindings.of('protocol1')).toEqual([])
    expect(bindings.of('protocol2')).toEqual([])
    expect(bindings.of('addToCompare')).toEqual([])
    expect(bindings.of('undo')).toEqual(['F1'])
    expect(bindings.of('protocol3')).toEqual(['F3'])
    expect(refusal('redo', 'F1')).toMatch('means “Undo')
    bindings.load({})
    expect(bindings.of('protocol1')).toEqual(['F1'])
  })

  it('are read from what is pressed', () => {
    const press = (key: string, held: Partial<KeyboardEvent> = {}): string | null =>
      keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held } as KeyboardEvent, false)
    expect(press('Control', { ctrlKey: true })).toBe(null)
    expect(press('J', { ctrlKey: true, shiftKey: true })).toBe('$mod+Shift+j')
    expect(press('F2')).toBe('F2')
  })
})
