/** What a figure gives away stands without the window: its columns name what was drawn, its file what it is. */
import { describe, expect, it } from 'vitest'
import { curvesData, dataCsv, fileName } from '../../src-renderer/lib/plot/figure'

const member = (column: string, ys: readonly number[]): { label: string; column: string; points: Point[] } => ({
  label: 'HX-01',
  column,
  points: ys.map((y, k) => ({ x: k + 1, y }))
})
interface Point {
  x: number
  y: number
}

describe('curves as a table', () => {
  it('name the members, the median, the edges of its band and how many they are of', () => {
    const median = {
      label: 'HX-01, n = 2',
      column: 'HX-01, median',
      edges: ['lower quartile', 'upper quartile'] as const,
      points: [{ x: 1, y: 8 }],
      band: [{ x: 1, low: 7.5, high: 8.5, n: 2 }]
    }
    const rest = { ...median, points: [{ x: 2, y: 6 }], band: [{ x: 2, low: 6, high: 6, n: 1 }] }
    const data = curvesData('epoch', 'test error, %', [
      member('HX-01, r-1', [7, 6]),
      member('HX-01, r-2', [9]),
      median,
      rest
    ])
    expect(data.head).toEqual([
      'epoch',
      'HX-01, r-1 (test error, %)',
      'HX-01, r-2 (test error, %)',
      'HX-01, median (test error, %)',
      'HX-01, median, lower quartile (test error, %)',
      'HX-01, median, upper quartile (test error, %)',
      'HX-01, median, members'
    ])
    expect([...Array(data.rows.length).keys()].map((k) => data.rows.at(k))).toEqual([
      [1, 7, 9, 8, 7.5, 8.5, 2],
      [2, 6, null, 6, 6, 6, 1]
    ])
    expect(dataCsv(data).split('\r\n')[2]).toBe('2,6,,6,6,6,1')
  })

  it('tell curves of one name apart, and have no column for what was not drawn', () => {
    const curve = { label: 'HX-01', points: [{ x: 0, y: 1 }] }
    const { head } = curvesData('epoch', 'loss, nats', [curve, { label: 'ideal', points: [] }, curve])
    expect(head).toEqual(['epoch', 'HX-01 (loss, nats)', 'HX-01 (2) (loss, nats)'])
  })
})

it('a file’s name keeps the unit', () => {
  expect(fileName('Membrane time constant after, µs')).toBe('membrane-time-constant-after-us')
  expect(fileName('Membrane time constant after, \u03bcs')).toBe('membrane-time-constant-after-us')
  expect(fileName('Accuracy, %')).toBe('accuracy-percent')
  expect(fileName(`${'a'.repeat(59)}, b`)).toBe('a'.repeat(59))
})
