/** scope: an oscilloscope on the bench */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { number, pairs, table } from '../text'

type Trace = Output<'chip.scope'>['scope']

function shown({ scope }: { scope: Trace }): string {
  const { axis, samples, invalid, stepUs, startUs, events, spikes, crossbar, neuron, targets } = scope
  const valid = [...samples.subarray(invalid)]
  const mine = [...spikes.timeUs].filter((_, k) => spikes.neuron[k] === neuron)
  const mean = valid.reduce((sum, count) => sum + count, 0) / Math.max(1, valid.length)
  const on = (column: number): string =>
    axis.ofColumn ? ` (${number(axis.ofColumn.offset + axis.ofColumn.slope * column)} on this trace)` : ''
  const rows = crossbar
    ? [...crossbar.passed].flatMap((count, output) => (count > 0 ? [[`output ${output}`, count]] : []))
    : []
  const drops = crossbar
    ? [...crossbar.dropped].flatMap((count, input) => (count > 0 ? [[`input ${input}, dropped`, count]] : []))
    : []
  return [
    pairs({
      chip: scope.chip,
      calibration: scope.calibration ?? "none, the data sheet's codes",
      neuron,
      samples: `${samples.length} every ${number(stepUs)} us from ${startUs} us, the first ${invalid} not valid`,
      range: `${Math.min(...valid)} … ${Math.max(...valid)}, mean ${number(mean)} ${axis.unit}`,
      leak: `${targets.leak} CADC LSB${on(targets.leak)}`,
      reset: `${targets.reset} CADC LSB${on(targets.reset)}`,
      threshold: `${targets.threshold} CADC LSB${on(targets.threshold)}`,
      inputEvents: events.length,
      spikes: `${mine.length} of this neuron, ${spikes.neuron.length} of all`,
      'spikes at': mine.length
        ? `${mine
            .slice(0, 20)
            .map((t) => t.toFixed(2))
            .join(', ')} us`
        : 'none'
    }),
    '',
    crossbar
      ? table(['crossbar', 'events'], [...rows, ...drops])
      : 'the events were set on the rows, past the crossbar',
    '',
    'every sample and spike: --json'
  ].join('\n')
}

function blocks({ state }: Output<'chip.state'>): string {
  const { quadrants, routines, excluded, nodes, sources } = state
  const across = (pick: (q: (typeof quadrants)[number]) => { name: string; text: string }[]): string[][] =>
    pick(quadrants[0]).map(({ name }, k) => [name, ...quadrants.map((q) => pick(q)[k].text)])
  const range = (one: { low: number; median: number; high: number }): string =>
    one.low === one.high ? number(one.median) : `${number(one.median)} (${number(one.low)} … ${number(one.high)})`
  return [
    pairs({ chip: state.chip, settings: state.calibration ?? "the data sheet's codes" }),
    '',
    table(
      ['median (low … high)', 'top left', 'top right', 'bottom left', 'bottom right'],
      [
        ...across((q) => q.cells.map(({ name, ...one }) => ({ name, text: range(one) }))),
        ...across((q) => q.shared.map(({ name, code }) => ({ name, text: number(code) }))),
        ...across((q) => q.switches.map(({ name, ...one }) => ({ name, text: range(one) }))),
        ['converter offset', ...quadrants.map((q) => range(q.converterOffset))],
        ['usable neurons', ...quadrants.map((q) => `${q.usable} of ${q.neurons}`)]
      ]
    ),
    '',
    table(
      ['failed in', 'of each', 'number'],
      routines.filter((r) => r.failed.length > 0).map((r) => [r.label, r.per, r.failed.join(', ')])
    ),
    '',
    `excluded: ${excluded.join(', ') || 'none'}`,
    '',
    written(nodes),
    '',
    noise(sources)
  ].join('\n')
}

type Nodes = Output<'chip.node'>['nodes']

function written(nodes: Nodes): string {
  if (nodes.length === 0) return 'crossbar: as the oscilloscope sets it'
  const hex = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`
  return table(
    ['crossbar input', 'output', 'mask', 'target', 'counts drops'],
    nodes.map(({ input, output, mask, target, countDrops }) => [input, output, hex(mask), hex(target), countDrops])
  )
}

function noise(sources: Output<'chip.noise'>['sources']): string {
  if (sources.every(({ on }) => !on)) return 'noise sources: off'
  return table(
    ['noise source', 'kind', 'period', 'rate', 'label', 'random bits', 'seed'],
    sources
      .filter(({ on }) => on)
      .map(({ source, poisson, period, rate, label, mask, seed }) => [
        source,
        poisson ? 'Poisson' : 'regular',
        `${number(0.008 * period)} us`,
        poisson ? `${rate}/255` : null,
        label,
        mask,
        seed
      ])
  )
}

function matrix({ synapses }: Output<'runs.synapses'>): string {
  const { weights, units, topSigns } = synapses
  const count = (test: (value: number) => boolean, of: ArrayLike<number>): number => Array.from(of).filter(test).length
  return pairs({
    run: synapses.run,
    chip: synapses.chip,
    'rows in use': `${count((sign) => sign !== 0, topSigns)} of 256, in both arrays`,
    'columns of hidden units': count((unit) => unit === 1, units) / 2,
    'columns of outputs': count((unit) => unit === 2, units) / 2,
    'synapses with weight': `${count((code) => code > 0, weights)} of ${weights.length}`,
    'at the limit of 63': count((code) => code === 63, weights),
    'every synapse': '--json'
  })
}

export const scopeCommands = [
  command({ path: 'chip state', endpoint: 'chip.state', args: ['chip'], show: blocks }),
  command({
    path: 'chip node',
    endpoint: 'chip.node',
    args: ['chip', 'input', 'output'],
    show: ({ nodes }) => written(nodes)
  }),
  command({
    path: 'chip noise',
    endpoint: 'chip.noise',
    args: ['chip', 'source'],
    show: ({ sources }) => noise(sources)
  }),
  command({ path: 'runs synapses', endpoint: 'runs.synapses', args: ['run'], show: matrix }),
  command({
    path: 'scope',
    endpoint: 'chip.scope',
    args: ['chip'],
    flags: { durationUs: 'duration', rateKHz: 'rate', offsetCurrent: 'offset-current', leakShift: 'leak-shift' },
    show: shown
  })
]
