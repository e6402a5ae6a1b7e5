/** train, evaluate, runs, compare */
import type { Output } from '../../contract/index'
import { activityOf } from '../../contract/run-activity'
import { samplesOf } from '../../contract/samples'
import { readingOf } from '../../handlers/runs/reading'
import { command } from '../command'
import { pairs, percent, table, when } from '../text'

type Run = Output<'runs.list'>['runs'][number]
type Detail = Output<'runs.show'>['run']

const HEAD = ['id', 'name', 'status', 'method', 'data', 'chip', 'calibration', 'epochs', 'test']
const list = (runs: readonly Run[]): string =>
  table([...HEAD, activityOf(...runs.map(({ method }) => method)), 'made'], runs.map(line))
const line = (r: Run) => {
  const test = percent(r.metrics.testAccuracy)
  const epochs = `${r.epochsDone}/${r.epochs}`
  const { id, name, status, method, dataset, chip, calibration } = r
  const star = r.star ? `★ ${name}` : name
  return [
    id,
    star,
    status,
    method,
    dataset,
    chip,
    calibration,
    epochs,
    test,
    r.metrics.hiddenSpikesPerSample,
    when(r.createdAt)
  ]
}
const one = ({ run }: { run: Run }): string => list([run])

/** a run, and the others of its seeds if there are any */
const trained = ({ run, seeds }: Output<'train'>): string => {
  if (!seeds) return detail({ run })
  const each = table(
    ['run', 'seed', 'test'],
    seeds.runs.map((r) => [r.run, r.seed, percent(r.testAccuracy)])
  )
  const { median, lowest, highest } = seeds
  return `${each}\n\n${seeds.runs.length} seeds: median ${percent(median)}, ${percent(lowest)} to ${percent(highest)}`
}

function detail({ run }: { run: Detail }): string {
  const { config, conversion, provenance, history, evaluations, metrics } = run
  return [
    list([run]),
    '',
    table(
      ['epoch', 'loss', 'train', 'test', activityOf(run.method), `${samplesOf(run.dataset).many}/s`, 'seconds'],
      history.map((e) => [
        e.epoch,
        e.loss,
        percent(e.trainAccuracy),
        percent(e.testAccuracy),
        e.hiddenSpikesPerSample,
        e.samplesPerSecond,
        e.seconds
      ])
    ),
    '',
    'Configuration',
    pairs(config),
    ...(Object.keys(conversion).length ? ['', 'Conversion to chip units', pairs(conversion)] : []),
    '',
    'Made of',
    pairs(provenance),
    ...(evaluations.length
      ? [
          '',
          table(
            ['evaluation', 'chip', 'calibration', 'test', 'n'],
            evaluations.map((e) => [e.id, e.chip, e.calibration, percent(e.testAccuracy), e.n])
          )
        ]
      : []),
    '',
    ...run.warnings.map((warning) => `warning: ${warning}`),
    ...(run.error === null ? [] : [`${run.status}: ${run.error}`]),
    `Run ${run.id}: ${percent(metrics.testAccuracy)} of ${metrics.n} test samples, ${run.status}${onChip(run.chipTime)}`
  ].join('\n')
}

const onChip = (time: Detail['chipTime']): string =>
  time === null
    ? ''
    : `\non the chip: decided after ${time.latencyUs.toFixed(1)} µs, ${Math.round(time.imagesPerSecond)} images/s, ` +
      `${time.microjoules.toFixed(1)} µJ an image (assuming ${time.assumption}; published: ` +
      `${time.published.map((p) => `${p.microjoules} µJ, ${p.paper}`).join('; ')})`

const evaluation = ({ evaluation: e }: Output<'evaluate'>): string =>
  `${e.id}: run ${e.run} on ${e.chip} (${e.calibrationUse}): ${percent(e.testAccuracy)} of ${e.n} test samples${onChip(e.chipTime)}`

const differences = (rows: { key: string; values: unknown[] }[], heads: readonly string[]): string => {
  return rows.length
    ? table(
        ['key', ...heads],
        rows.map(({ key, values }) => [key, ...values])
      )
    : 'no difference'
}

export const runCommands = [
  command({ path: 'train', endpoint: 'train', args: ['method'], show: trained }),
  command({ path: 'evaluate', endpoint: 'evaluate', args: ['run'], show: evaluation }),
  command({
    path: 'runs list',
    endpoint: 'runs.list',
    args: ['[filter]'],
    show: ({ runs, total }) =>
      [list(runs), ...(total > runs.length ? ['', `${runs.length} of ${total}`] : [])].join('\n')
  }),
  command({
    path: 'runs groups',
    endpoint: 'runs.groups',
    args: ['[filter]'],
    show: ({ groups }) =>
      table(
        [...Object.keys(groups[0]?.key ?? {}), 'runs', 'median', 'lowest', 'highest'],
        groups.map((g) => [
          ...Object.values(g.key),
          g.members,
          percent(g.median),
          percent(g.lowest),
          percent(g.highest)
        ])
      )
  }),
  command({ path: 'runs facets', endpoint: 'runs.facets', args: ['[filter]'] }),
  command({ path: 'runs show', endpoint: 'runs.show', args: ['run'], show: detail }),
  command({
    path: 'runs what-if',
    endpoint: 'runs.whatIf',
    args: ['run'],
    show: ({ reading: r, activity }) =>
      `${percent(r.testAccuracy)} of ${r.n} test samples (of ${r.of}), ${r.hiddenSpikesPerSample.toFixed(1)} ${activity} a sample, epoch ${r.epoch}`
  }),
  command({
    path: 'runs curves',
    endpoint: 'runs.curves',
    args: ['runs…'],
    show: ({ curves }) =>
      table(
        ['run', 'epoch', 'test'],
        curves.flatMap(({ run, epoch, testAccuracy }) => epoch.map((e, k) => [run, e, percent(testAccuracy[k])]))
      )
  }),
  command({ path: 'runs related', endpoint: 'runs.related', args: ['run'] }),
  command({ path: 'runs planes', endpoint: 'runs.planes', args: ['run'] }),
  command({
    path: 'runs diff',
    endpoint: 'runs.diff',
    args: ['runs…'],
    show: ({ runs, diff }) =>
      differences(
        diff.map(({ key, values }) => ({ key, values: values.map(readingOf) })),
        runs
      )
  }),
  command({
    path: 'runs paired',
    endpoint: 'runs.paired',
    args: ['base', 'runs…'],
    show: ({ paired }) =>
      table(
        ['run', 'test samples', 'right by it alone', 'right by the base alone'],
        paired.map(({ run, pair }) => [run, pair?.n ?? null, pair?.gained ?? null, pair?.lost ?? null])
      )
  }),
  command({ path: 'runs rename', endpoint: 'runs.rename', args: ['run', 'name'], show: one }),
  command({ path: 'runs star', endpoint: 'runs.star', args: ['run'], show: one }),
  command({ path: 'runs tag', endpoint: 'runs.tag', args: ['run', '[tags…]'], show: one }),
  command({ path: 'runs note', endpoint: 'runs.note', args: ['run', 'note'], show: one }),
  command({ path: 'runs colour', endpoint: 'runs.colour', args: ['run', 'colour'], show: one }),
  command({
    path: 'runs bulk',
    endpoint: 'runs.bulk',
    args: ['action', '[runs…]'],
    show: ({ runs }) => (runs.length ? `${runs.length} changed: ${runs.join(', ')}` : 'none changed')
  }),
  command({ path: 'runs delete', endpoint: 'runs.delete', args: ['run'], show: one }),
  command({ path: 'runs restore', endpoint: 'runs.restore', args: ['run'], show: one }),
  command({
    path: 'compare',
    endpoint: 'compare',
    args: ['runs…'],
    show: ({ compare: { heads, settings, metrics, base, deltas } }) => {
      const names = heads.map(({ name }) => name)
      const read = settings.map(({ key, values }) => ({ key, values: values.map(readingOf) }))
      const above = deltas.map((delta, k) => {
        if (delta === null) return heads[k].runs.join() === base.runs.join() ? 'base' : null
        const { points, twoSigma, told, paired } = delta
        return `${told ? '' : '≈ '}${points > 0 ? '+' : ''}${points.toFixed(2)} ± ${twoSigma.toFixed(2)}${paired ? ' paired' : ''}`
      })
      const rows = [...metrics, { key: 'Δ testAccuracy, pp', values: above }]
      const against = `base: ${base.name}, ${percent(base.testAccuracy)}${base.reference ? ", the workspace's reference" : ''}`
      return `${differences(read, names)}\n\n${differences(rows, names)}\n\n${against}; ± 2 σ, ≈ by less than that or the tolerance`
    },
    switch: {
      flag: '--fail-on-difference',
      help: 'exit status 1 if settings or metrics differ',
      failed: ({ compare }) =>
        compare.settings.length > 0 ||
        compare.metrics.some(({ key, values }) => !TIMES.has(key) && new Set(values).size > 1)
    }
  })
]

/** what differs between two runs of the same thing without meaning anything */
const TIMES: ReadonlySet<string> = new Set(['samplesPerSecond', 'seconds'])
