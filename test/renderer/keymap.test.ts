import { describe, expect, it } from 'vitest'
import { bindings, keyOf, refusal } from '../../src-renderer/lib/keys/bindings.svelte'
import { KEYMAP, type Action } from '../../src-renderer/lib/keys/keymap'

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

  it('are read from what is pressed', () => {
    const press = (key: string, held: Partial<KeyboardEvent> = {}): string | null =>
      keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held } as KeyboardEvent, false)
    expect(press('Control', { ctrlKey: true })).toBe(null)
    expect(press('J', { ctrlKey: true, shiftKey: true })).toBe('$mod+Shift+j')
    expect(press('F2')).toBe('F2')
  })
})
