// The time base: conversion against its definition, and what a switch changes in a view: axis, unit and number together.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '../../src-renderer/api/client'
import { mapData } from '../../src-renderer/lib/chip/figure-data'
import { mapInTime } from '../../src-renderer/lib/chip/in-time'
import { SvgPen } from '../../src-renderer/lib/plot/svg-pen'
import { traceData } from '../../src-renderer/lib/scope/trace-model'
import { drawTrace, type TraceColours } from '../../src-renderer/lib/scope/trace-picture'
import { converted, speedUpOf, times } from '../../src-renderer/lib/text/time-base.svelte'
import { ChipPage } from '../../src-renderer/state/chip-page.svelte'
import { Preferences } from '../../src-renderer/state/preferences.svelte'
import { Scope } from '../../src-renderer/state/scope.svelte'
import { settingsOf } from '../../src-renderer/state/settings'
import type { Theme } from '../../src-renderer/state/theme.svelte'
import { syntheticBridge } from './harness/bridge'

const client = createClient(syntheticBridge('bench', 'light'))
let preferences: Preferences

beforeEach(() => {
  preferences = new Preferences(client)
  times.follow(() => preferences.get('time', 'hardware'))
})
afterEach(() => times.follow(() => 'hardware'))
const choose = (base: string): void => preferences.set('time', base)

/** SI value of one of a unit, and how it goes with time: 1 a time, −1 a rate */
const SI: Record<string, [number, 1 | -1]> = {
  ns: [1e-9, 1],
  µs: [1e-6, 1],
  ms: [1e-3, 1],
  s: [1, 1],
  MHz: [1e6, -1],
  kHz: [1e3, -1],
  Hz: [1, -1],
  mHz: [1e-3, -1],
  '1/s': [1, -1],
  'LSB/ns': [1e9, -1],
  'LSB/µs': [1e6, -1],
  'LSB/ms': [1e3, -1],
  'LSB/s': [1, -1]
}

describe('a conversion', () => {
  it.each([864, 1000, 10_000, 100_000, 1_000_000])(
    'by %i keeps the quantity: times grow, rates fall by it',
    (speedUp) => {
      for (const unit of ['ns', 'µs', 'MHz', 'kHz', '1/s', 'LSB/ns', 'LSB/µs']) {
        const [si, way] = SI[unit]
        const { factor, unit: next } = converted(unit, 'biological', speedUp)
        expect(next, unit).toSatisfy((name: string) => name in SI)
        expect((factor * SI[next][0]) / si / speedUp ** way, `${unit} to ${next}`).toBeCloseTo(1, 14)
      }
    }
  )

  it('of HICANN-X is a prefix: 6 µs are 6 ms, 100 kHz are 100 Hz', () => {
    expect(speedUpOf('hicann-x')).toBe(1000)
    expect(converted('µs', 'biological', 1000)).toEqual({ factor: 1, unit: 'ms' })
    expect(converted('kHz', 'biological', 1000)).toEqual({ factor: 1, unit: 'Hz' })
    expect(converted('MADC LSB/µs', 'biological', 1000)).toEqual({ factor: 1, unit: 'MADC LSB/ms' })
    expect(converted('1/s', 'biological', 1000)).toEqual({ factor: 0.001, unit: '1/s' })
  })

  it('is none in hardware time, of a chip in real time, and of what has no time', () => {
    for (const unit of Object.keys(SI)) {
      expect(converted(unit, 'hardware', 1000)).toEqual({ factor: 1, unit })
      expect(converted(unit, 'biological', speedUpOf('dynap-se'))).toEqual({ factor: 1, unit })
    }
    for (const unit of ['LSB', 'MADC LSB', 'code', '%', '', 'LSB/weight'])
      expect(converted(unit, 'biological', 1000)).toEqual({ factor: 1, unit })
  })
})

describe('a switch', () => {
  it('changes unit and number of a map, its targets, its limits and its table together, and back', async () => {
    const page = new ChipPage(client, preferences)
    await page.open('hx-1')
    page.chooseMetric('tau_mem')
    const [value, limits, trace] = [page.cells?.values[5], page.limits, page.searches[0]]
    expect(page.cells?.unit).toBe('µs')
    choose('biological')
    expect(page.cells?.unit).toBe('ms')
    // a thousand times a thousandth
    expect(page.cells?.values[5]).toBe(value)
    expect(page.limits).toEqual(limits)
    const { head } = mapData(page.map!, 512, new Set(), new Map())
    expect(head.filter((name) => name.endsWith(', ms'))).toHaveLength(5)
    expect(head.join()).not.toContain('µs')
    expect(page.searches[0].unit).toBe(trace.unit.replace('µs', 'ms'))
    expect(page.versions?.points.flatMap(({ metrics }) => metrics.map(({ unit }) => unit)) ?? []).not.toContain('µs')
    // a rate has no prefix to move: its number falls
    const rates = { ...page.maps.value![0], unit: '1/s', target: 2000, targets: null }
    expect(mapInTime(rates)).toMatchObject({ unit: '1/s', target: 2 })
    expect(mapInTime(rates).after[5]).toBeCloseTo(rates.after[5] / 1000, 12)
    // limits set by hand belong to the quantity, in whatever time it is shown
    page.maps.value = [rates, ...page.maps.value!.slice(1)]
    page.chooseMetric(rates.metric)
    page.setLimits([1, 3])
    choose('hardware')
    expect(page.limits).toEqual([1000, 3000])
    page.chooseMetric('tau_mem')
    expect(page.cells?.unit).toBe('µs')
    expect(mapInTime(rates)).toBe(rates)
  })

  it('changes the axis of a trace, the text of its cursors and its file together', async () => {
    const scope = new Scope(client, preferences)
    await scope.run(scope.input('hx-1', 3, null))
    const trace = scope.trace.value!
    const colours = { kept: [] } as unknown as TraceColours
    const written = (): string => {
      const pen = new SvgPen(
        () => '',
        () => ({ width: 10 }) as TextMetrics
      )
      const view = { trace, kept: [], span: [0, 200], limits: [0, 1023], time: times.shown('µs') } as const
      drawTrace(pen, 900, 300, view, colours)
      return pen.markup()
    }
    expect(written()).toContain('>µs<')
    expect([times.text(12.345, 2), traceData(trace).head[0]]).toEqual(['12.35\u00a0µs', 'time, µs'])
    choose('biological')
    expect(written()).toContain('>ms<')
    expect(written()).not.toContain('µs')
    expect([times.text(12.345, 2), traceData(trace).head[0]]).toEqual(['12.35\u00a0ms', 'time, ms'])
    expect(times.typed('µs'), 'a field stays hardware, and says so').toBe('µs hw')
    expect(times.typed('code')).toBe('code')
  })

  it('is one of the settings, of which each value can be chosen and is kept', () => {
    const theme = { choice: 'system', density: 'compact', choose: () => {}, setDensity: () => {} } as unknown as Theme
    for (const { id, options } of settingsOf(theme, preferences).filter(({ id }) => !['theme', 'density'].includes(id)))
      for (const { value } of options) {
        const now = () => settingsOf(theme, preferences).find((one) => one.id === id)!
        now().choose(value)
        expect(now().value, id).toBe(value)
      }
    expect(times.base).toBe('biological')
  })
})
