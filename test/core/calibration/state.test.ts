import { expect, it } from 'vitest'
import { defaultSettings } from '../../../src-main/core/calibration/settings'
import { settingsState } from '../../../src-main/core/calibration/state'

it('tells the codes of each quadrant apart', () => {
  const settings = defaultSettings()
  settings.neuron.leak.fill(600, 128, 256)
  settings.neuron.leak[130] = 700
  const [usual] = settings.quadrant.synapseDacBias
  settings.quadrant.synapseDacBias[2] = 5
  settings.converterOffsets[511] = -7
  const state = settingsState(settings)
  const leak = (q: number) => state[q].cells.find(({ name }) => name === 'leak')
  expect(leak(0)).toEqual({ name: 'leak', low: 629, median: 629, high: 629 })
  expect(leak(1)).toEqual({ name: 'leak', low: 600, median: 600, high: 700 })
  expect(state.map(({ shared }) => shared.find(({ name }) => name === 'synapseDacBias')?.code)).toEqual([
    usual,
    usual,
    5,
    usual
  ])
  expect(state.map(({ converterOffset }) => converterOffset.low)).toEqual([0, 0, 0, -7])
  expect(settingsState(null)).toEqual(settingsState(defaultSettings()))
})
