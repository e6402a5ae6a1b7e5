import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { axisNumber } from '../../src-renderer/lib/plot/scale'
import * as write from '../../src-renderer/lib/text/format'

const ROOT = path.resolve(import.meta.dirname, '../../src-renderer')

describe('numbers', () => {
  it('have a true minus, and no minus zero', () => {
    expect(write.fixed(-1.25, 1)).toBe('−1.3')
    expect(write.fixed(-0.001, 2)).toBe('0.00')
    expect(write.signed(0.08, 2)).toBe('+0.08')
    expect(write.fixed(NaN)).toBe('–')
    expect(write.quantity(null, 1, 'µs')).toBe('–')
  })

  it('keep two digits of the spread (GUM 7.2.6)', () => {
    // 10.057 62 Ω with u = 27 mΩ is written 10.058 Ω
    expect(write.fixed(10.05762, write.decimalsFor(0.027))).toBe('10.058')
    expect(write.decimalsFor(3.4)).toBe(1)
    expect(write.decimalsFor(34)).toBe(0)
  })

  it('are grouped with no-break spaces', () => {
    expect(write.count(10_000)).toBe('10\u00a0000')
    expect(write.count(-1234.5678, 4)).toBe('−1\u00a0234.5678')
    expect(write.rate(18_240)).toBe('18.2\u00a0k')
    expect(write.bytes(3_800_000)).toBe('3.8\u00a0MB')
    expect(write.compact(4e-6)).toBe('4.00e−6')
  })
})

it('on axes are written like all others', () => {
  const all = [0, 1000, 2000]
  expect(all.map((value) => axisNumber(value, all))).toEqual(['0', '1\u00a0000', '2\u00a0000'])
  const fine = [0.5, 1, 1.5]
  expect(fine.map((value) => axisNumber(value, fine))).toEqual(['0.5', '1.0', '1.5'])
})

it('nothing of the window writes numbers by another rule', () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|svelte)$/.test(file))
  const wrong = files.filter((file) => {
    const code = readFileSync(path.join(ROOT, file), 'utf8').replace(/\/\*[^]*?\*\//g, '')
    return /toLocaleString|NumberFormat|\d,\d{3}\b/.test(code)
  })
  expect(wrong).toEqual([])
  // what Chart.js names by itself has commas
  const chart = readFileSync(path.join(ROOT, 'ui/chart.ts'), 'utf8')
  expect(chart.match(/ticks: \{[^]*?callback:/g)).toHaveLength(2)
})

describe('times', () => {
  it('say how long, and how long still', () => {
    expect(write.duration(312)).toBe('5\u00a0min\u00a012\u00a0s')
    expect(write.about(41)).toBe('about 50\u00a0s')
    expect(write.about(null)).toBe('')
  })

  it('are hours today and days before', () => {
    const now = Date.parse('2026-11-21T12:00:00')
    expect(write.moment(new Date(now - 3_600_000).toISOString(), now)).toBe('11:00')
    expect(write.moment('2026-11-15T12:00:00', now)).toBe('15\u00a0Nov')
    expect(write.age(new Date(now - 6 * 3_600_000).toISOString(), now)).toBe('6\u00a0h old')
  })
})

it('paths below the home folder are written short', () => {
  expect(write.homely('/home/ada/Inloop/inloop.db', '/home/ada')).toBe('~/Inloop/inloop.db')
  expect(write.homely('/home/ada', '/home/ada')).toBe('~')
  expect(write.homely('/home/adam/x', '/home/ada')).toBe('/home/adam/x')
  expect(write.homely('C:\\Users\\ada\\x', 'C:\\Users\\ada')).toBe('~\\x')
  expect(write.homely('/data', '/')).toBe('/data')
})
