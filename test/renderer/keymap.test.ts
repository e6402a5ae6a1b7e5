import { describe, expect, it } from 'vitest'
import { KEYMAP, type Action } from '../../src-renderer/lib/keymap'

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
      if (scope === 'window') for (const key of keys) expect(key).toMatch(/\$mod|Alt|Shift\+\?/)
    }
  })
})
