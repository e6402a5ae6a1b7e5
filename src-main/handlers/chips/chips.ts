/** Chips: made from a seed, renamed, deleted; neurons excluded with a reason, or noted. */
import { randomInt } from 'node:crypto'
import { chipsFound, chipsSorted } from '../../contract/chip-order'
import { MOST_DAYS, type chips as endpoints } from '../../contract/chips'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import type { Chip } from '../../store/chips'
import type { Context, Handlers } from '../context'
import { derivedExclusions } from './exclusions'
import { mustHave } from './neurons'
import { summaries } from '../calibrations/staleness'

export const chips: Handlers<keyof typeof endpoints> = {
  'chip.new': async ({ model, seed = randomInt(0x100000000), mismatch, recipe, quirks, name }, context) => {
    const { store } = context
    const { serial, neurons } = await context.engine.ask('identify', { seed, mismatch, recipe })
    const made = store.transaction(() =>
      store.chips.create({
        model,
        seed,
        mismatch,
        recipe,
        quirks,
        neurons,
        serial,
        createdAt: new Date().toISOString(),
        ...(name ? { name } : {})
      })
    )
    context.emit('changed', { what: 'chips' })
    return { chip: chipOf(made) }
  },
  'chip.list': ({ filter, sort, descending }, { store }) => {
    const chips = store.chips.list().map(chipOf)
    if (filter.trim() === '' && sort === undefined) return { chips }
    const calibrations = new Map(summaries(store).map((one) => [one.id, one]))
    const rows = chips.map((chip) => ({ chip, active: calibrations.get(chip.active ?? '') ?? null }))
    const found = chipsFound(rows, filter)
    return { chips: (sort ? chipsSorted(found, sort, descending) : found).map(({ chip }) => chip) }
  },
  'chip.show': ({ chip }, context) => ({ chip: detail(context, chip) }),
  'chip.rename': ({ chip, name }, context) => {
    const { id } = context.store.chips.get(chip)
    context.store.chips.rename(id, name)
    context.emit('changed', { what: 'chips' })
    return { chip: chipOf(context.store.chips.get(id)) }
  },
  'chip.delete': ({ chip }, context) => {
    const { store } = context
    const { id } = store.chips.get(chip)
    const busy = store.jobs.unfinished().find((job) => job.chip === id)
    if (busy)
      throw new InloopError('conflict', `chip ${id} cannot be deleted: job ${busy.id} (${busy.title}) is not finished`)
    store.transaction(() => store.chips.remove(id))
    context.emit('changed', { what: 'chips' })
    return { deleted: id }
  },
  'chip.health': async ({ chip, seed }, { store, engine }) => {
    const { id, seed: drawn, mismatch, recipe, quirks, ageDays, temperature } = store.chips.get(chip)
    const silicon = { seed: drawn, mismatch, recipe, quirks, ageDays, temperature }
    return { health: { chip: id, ...(await engine.ask('health', { chip: silicon, seed })) } }
  },
  'chip.age': ({ chip, days, temperature }, context) => {
    const { store } = context
    const { id, ageDays, temperature: now } = store.chips.get(chip)
    if (days === 0 && temperature === undefined)
      throw new InloopError('bad-input', 'days: 0 given; allowed: more than 0, or a temperature to change to')
    if (ageDays + days > MOST_DAYS)
      throw new InloopError(
        'bad-input',
        `days: ${days} given; allowed: at most ${MOST_DAYS - ageDays}, chip ${id} is ${ageDays} days old`
      )
    store.transaction(() => store.chips.age(id, days, temperature ?? now, new Date().toISOString()))
    context.emit('changed', { what: 'chips' })
    return { chip: detail(context, id) }
  },
  'chip.quirks': ({ chip, quirks }, context) => {
    const { store } = context
    const { id } = store.chips.get(chip)
    store.chips.quirks(id, quirks === 'on')
    context.emit('changed', { what: 'chips' })
    return { chip: detail(context, id) }
  },
  'chip.note': ({ chip, neuron, note }, context) => {
    const { store } = context
    const { id, neurons } = store.chips.get(chip)
    mustHave(id, neurons, [neuron])
    store.chips.note(id, neuron, note, new Date().toISOString())
    context.emit('changed', { what: 'chips' })
    return { chip: detail(context, id) }
  },
  exclude: ({ chip, neurons, reason }, context) => {
    const { store } = context
    const { id, neurons: count } = store.chips.get(chip)
    mustHave(id, count, neurons, 'neurons')
    store.transaction(() => store.chips.exclude(id, neurons, reason, 'operator', new Date().toISOString()))
    context.emit('changed', { what: 'chips' })
    return { chip: detail(context, id) }
  },
  include: ({ chip, neurons }, context) => {
    const { store } = context
    const { id } = store.chips.get(chip)
    const excluded = new Set(store.chips.exclusions(id).map((e) => e.neuron))
    const not = neurons.filter((neuron) => !excluded.has(neuron))
    if (not.length) throw new InloopError('bad-input', `neurons: ${not.join(', ')} given; not excluded on chip ${id}`)
    store.transaction(() => store.chips.include(id, neurons))
    context.emit('changed', { what: 'chips' })
    return { chip: detail(context, id) }
  }
}

function chipOf(chip: Chip): Output<'chip.new'>['chip'] {
  return { ...chip, model: chip.model as Output<'chip.new'>['chip']['model'] }
}

export function detail({ store }: Pick<Context, 'store'>, idOrName: string): Output<'chip.show'>['chip'] {
  const chip = store.chips.get(idOrName)
  return {
    ...chipOf(chip),
    calibrations: summaries(store, chip.id),
    exclusions: store.chips.exclusions(chip.id),
    notes: store.chips.notes(chip.id),
    derived: chip.active === null ? [] : derivedExclusions(store, chip.active),
    ageing: { coefficients: 'assumed', history: store.chips.history(chip.id) }
  }
}
