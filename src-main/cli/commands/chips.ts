/** chip, exclude, include */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { pairs, table, when } from '../text'

type Chip = Output<'chip.list'>['chips'][number]
type Detail = Output<'chip.show'>['chip']

const line = (chip: Chip) => [
  chip.id,
  chip.name,
  chip.seed,
  chip.mismatch,
  chip.recipe,
  chip.serial,
  chip.ageDays,
  chip.active,
  chip.excluded
]
const HEAD = ['id', 'name', 'seed', 'mismatch', 'recipe', 'serial', 'days', 'calibration', 'excluded']
const one = ({ chip }: { chip: Chip }): string => table(HEAD, [line(chip)])

function detail({ chip }: { chip: Detail }): string {
  const { calibrations, exclusions, notes, ageing, ...plain } = chip
  return [
    pairs({ ...plain, createdAt: when(plain.createdAt) }),
    '',
    'Calibrations',
    table(
      ['id', 'made', 'days', '°C', 'usable', 'of', 'seconds', 'active'],
      calibrations.map((c) => [
        c.id,
        when(c.createdAt),
        c.ageDays,
        c.temperature,
        c.usable,
        c.neurons,
        c.seconds,
        c.active
      ])
    ),
    '',
    'Excluded neurons',
    table(
      ['neuron', 'by', 'reason'],
      exclusions.map((e) => [e.neuron, e.by, e.reason])
    ),
    '',
    'Notes on neurons',
    table(
      ['neuron', 'note', 'noted'],
      notes.map((one) => [one.neuron, one.note, when(one.at)])
    ),
    '',
    'Ageing (coefficients are assumed: no drift of the silicon is published)',
    table(
      ['days', '°C', 'noted'],
      ageing.history.map((step) => [step.days, step.temperature, when(step.at)])
    )
  ].join('\n')
}

export const chipCommands = [
  command({ path: 'chip new', endpoint: 'chip.new', show: one }),
  command({
    path: 'chip list',
    endpoint: 'chip.list',
    args: ['[filter]'],
    show: ({ chips }) => table(HEAD, chips.map(line))
  }),
  command({ path: 'chip show', endpoint: 'chip.show', args: ['chip'], show: detail }),
  command({ path: 'chip rename', endpoint: 'chip.rename', args: ['chip', 'name'], show: one }),
  command({
    path: 'chip delete',
    endpoint: 'chip.delete',
    args: ['chip'],
    show: ({ deleted }) => `${deleted} is deleted`
  }),
  command({
    path: 'chip health',
    endpoint: 'chip.health',
    args: ['chip'],
    show: ({ health }) =>
      [
        pairs({ chip: health.chip, 'temperature, °C': health.temperature, 'power, mW': health.milliwatts }),
        '',
        table(
          ['rail', 'nominal, V', 'V'],
          health.rails.map((rail) => [rail.name, rail.nominal, rail.volts])
        )
      ].join('\n')
  }),
  command({ path: 'chip age', endpoint: 'chip.age', args: ['chip'], show: detail }),
  command({ path: 'chip quirks', endpoint: 'chip.quirks', args: ['chip', 'quirks'], show: detail }),
  command({ path: 'chip note', endpoint: 'chip.note', args: ['chip', 'neuron', 'note'], show: detail }),
  command({ path: 'exclude', endpoint: 'exclude', args: ['chip', 'neurons…'], show: detail }),
  command({ path: 'include', endpoint: 'include', args: ['chip', 'neurons…'], show: detail })
]
