import { describe, expect, it } from 'vitest'
import { step } from '../../src-renderer/lib/keys/one-stop'

describe('a list as one stop', () => {
  const table = [
    ['a1', 'a2', 'a3'],
    ['b1', 'b2'],
    ['c1', 'c2', 'c3']
  ]
  it('up and down keep the column, or the last one that a row has', () => {
    expect(step(table, 'a2', 'ArrowDown')).toBe('b2')
    expect(step(table, 'a3', 'ArrowDown')).toBe('b2')
    expect(step(table, 'c3', 'ArrowUp')).toBe('b2')
    expect(step(table, 'a1', 'End')).toBe('c1')
    expect(step(table, 'c2', 'PageUp')).toBe('a2')
  })

  it('left and right stay in the row; ends stay where they are', () => {
    expect(step(table, 'a2', 'ArrowRight')).toBe('a3')
    expect(step(table, 'a3', 'ArrowRight')).toBe(null)
    expect(step(table, 'b1', 'ArrowLeft')).toBe(null)
    expect(step(table, 'c1', 'ArrowDown')).toBe('c1')
  })

  it('a bar takes arrows of both directions', () => {
    const bar = [['list', 'side', 'map']]
    expect(step(bar, 'list', 'ArrowDown')).toBe('side')
    expect(step(bar, 'list', 'ArrowRight')).toBe('side')
    expect(step(bar, 'list', 'End')).toBe('map')
  })

  it('other keys and things elsewhere lead nowhere', () => {
    expect(step(table, 'a1', 'Enter')).toBe(null)
    expect(step(table, 'elsewhere', 'ArrowDown')).toBe(null)
  })
})
