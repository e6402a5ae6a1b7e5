/** Chips, and what an operator says of their neurons: excluded, noted. The only SQL about them. */
import type { Db } from './database'
import { StoreError } from './errors'
import type { NextId } from './sequence'

export interface Chip {
  id: string
  name: string
  model: string
  seed: number
  mismatch: number
  recipe: 'A' | 'B'
  quirks: boolean
  /** how long it has aged in all, and how warm it is, °C */
  ageDays: number
  temperature: number
  neurons: number
  serial: string
  createdAt: string
  active: string | null
  calibrations: number
  excluded: number
}

export interface Exclusion {
  neuron: number
  reason: string
  by: string
}

export interface NeuronNote {
  neuron: number
  note: string
  at: string
}

/** one step of a chip's history: so many days more, from then on at this temperature */
export interface Ageing {
  days: number
  temperature: number
  at: string
}

/** a node of the crossbar as an operator wrote it */
export interface CrossbarNode {
  input: number
  output: number
  mask: number
  target: number
  countDrops: boolean
}

/** a noise source as an operator set it; meaning as on the chip */
export interface NoiseSource {
  source: number
  on: boolean
  poisson: boolean
  period: number
  rate: number
  seed: number
  label: number
  mask: number
}

/** emulated chips are numbered by family */
const PREFIX: { readonly [model: string]: string } = { 'hicann-x': 'hx' }

const SELECT = `select c.id, c.name, c.model, c.seed, c.mismatch, c.recipe, c.quirks, c.age_days as ageDays,
  c.temperature, c.neurons, c.serial, c.created_at as createdAt,
  c.active_calibration as active,
  (select count(*) from calibration where chip = c.id and complete) as calibrations,
  (select count(*) from exclusion where chip = c.id) as excluded from chip c`

export const CHIP_LIST = `${SELECT} order by c.created_at, c.rowid`

type Row = Omit<Chip, 'quirks'> & { quirks: number }

type NewChip = Pick<Chip, 'model' | 'seed' | 'mismatch' | 'neurons' | 'serial' | 'createdAt'> &
  Partial<Pick<Chip, 'name' | 'recipe' | 'quirks'>>

function chipOf(row: Row): Chip {
  return { ...row, quirks: row.quirks === 1 }
}

export function chips(db: Db, nextId: NextId) {
  const list = db.prepare<[], Row>(CHIP_LIST)
  const find = db.prepare<[string, string], Row>(
    `${SELECT} where c.id = ? or c.name = ? order by c.id = c.name limit 1`
  )
  const named = db.prepare<[string, string], { id: string }>('select id from chip where name = ? or id = ?')
  const insert = db.prepare(
    `insert into chip (id, name, model, seed, mismatch, recipe, quirks, neurons, serial, created_at)
     values (@id, @name, @model, @seed, @mismatch, @recipe, @quirks, @neurons, @serial, @createdAt)`
  )
  const history = db.prepare<[string], Ageing>(
    'select days, temperature, at from chip_ageing where chip = ? order by position'
  )
  const noteAge = db.prepare(
    `insert into chip_ageing values (@id, (select count(*) from chip_ageing where chip = @id), @days, @temperature, @at)`
  )
  const age = db.prepare('update chip set age_days = age_days + @days, temperature = @temperature where id = @id')
  const quirks = db.prepare('update chip set quirks = ? where id = ?')
  const rename = db.prepare('update chip set name = ? where id = ?')
  const activate = db.prepare('update chip set active_calibration = ? where id = ?')
  const uses = db.prepare<{ id: string }, { uses: number }>(
    'select (select count(*) from run where chip = @id) + (select count(*) from evaluation where chip = @id) as uses'
  )
  const remove = db.prepare('delete from chip where id = ?')
  const exclusions = db.prepare<[string], Exclusion>(
    'select neuron, reason, by from exclusion where chip = ? order by neuron'
  )
  const exclude = db.prepare(
    `insert into exclusion values (@chip, @neuron, @reason, @by, @at)
     on conflict (chip, neuron) do update set reason = @reason, by = @by, at = @at`
  )
  const nodes = db.prepare<[string], Omit<CrossbarNode, 'countDrops'> & { countDrops: number }>(
    `select input, output, mask, target, count_drops as countDrops from crossbar_node
     where chip = ? order by input, output`
  )
  const writeNode = db.prepare(
    `insert into crossbar_node values (@chip, @input, @output, @mask, @target, @countDrops)
     on conflict (chip, input, output) do update set mask = @mask, target = @target, count_drops = @countDrops`
  )
  const sources = db.prepare<[string], Omit<NoiseSource, 'on' | 'poisson'> & Record<'on' | 'poisson', number>>(
    'select source, "on", poisson, period, rate, seed, label, mask from noise_source where chip = ? order by source'
  )
  const writeSource = db.prepare(
    `insert into noise_source values (@chip, @source, @on, @poisson, @period, @rate, @seed, @label, @mask)
     on conflict (chip, source) do update set "on" = @on, poisson = @poisson, period = @period, rate = @rate,
     seed = @seed, label = @label, mask = @mask`
  )
  const notes = db.prepare<[string], NeuronNote>(
    'select neuron, note, at from neuron_note where chip = ? order by neuron'
  )
  const writeNote = db.prepare(
    `insert into neuron_note values (@chip, @neuron, @note, @at)
     on conflict (chip, neuron) do update set note = @note, at = @at`
  )
  const eraseNote = db.prepare('delete from neuron_note where chip = ? and neuron = ?')
  const resetNode = db.prepare('delete from crossbar_node where chip = ? and input = ? and output = ?')
  const include = db.prepare('delete from exclusion where chip = ? and neuron = ?')

  const free = (name: string, self?: string): void => {
    const other = named.get(name, name)
    if (other && other.id !== self) {
      throw new StoreError('conflict', `name "${name}" belongs to chip ${other.id} already; choose another`)
    }
  }

  const get = (idOrName: string): Chip => {
    const chip = find.get(idOrName, idOrName)
    if (chip) return chipOf(chip)
    const known = list.all().map((c) => c.id)
    const help = known.length
      ? `known: ${known.slice(0, 8).join(', ')}`
      : 'there is none yet: `inloop chip new` makes one'
    throw new StoreError('not-found', `chip "${idOrName}" does not exist; ${help}`)
  }

  return {
    list: () => list.all().map(chipOf),
    /** @param idOrName ids win over names */
    get,
    create: (chip: NewChip): Chip => {
      const id = nextId(PREFIX[chip.model])
      const name = chip.name ?? id
      free(name)
      insert.run({ ...chip, recipe: chip.recipe ?? 'A', quirks: chip.quirks ? 1 : 0, id, name })
      return get(id)
    },
    /** so many days pass; from now on it has this temperature */
    age: (id: string, days: number, temperature: number, at: string): void => {
      noteAge.run({ id, days, temperature, at })
      age.run({ id, days, temperature })
    },
    history: (id: string) => history.all(id),
    quirks: (id: string, on: boolean): void => {
      quirks.run(on ? 1 : 0, id)
    },
    rename: (id: string, name: string): void => {
      free(name, id)
      rename.run(name, id)
    },
    activate: (id: string, calibration: string): void => {
      activate.run(calibration, id)
    },
    remove: (id: string): void => {
      const n = uses.get({ id })?.uses ?? 0
      if (n > 0)
        throw new StoreError('conflict', `chip ${id} cannot be deleted: ${n} run(s) or evaluation(s) were made on it`)
      remove.run(id)
    },
    /** of the crossbar, those that an operator wrote */
    nodes: (id: string): CrossbarNode[] => nodes.all(id).map((one) => ({ ...one, countDrops: one.countDrops === 1 })),
    writeNode: (id: string, node: CrossbarNode): void => {
      writeNode.run({ ...node, chip: id, countDrops: node.countDrops ? 1 : 0 })
    },
    resetNode: (id: string, input: number, output: number): void => {
      resetNode.run(id, input, output)
    },
    /** of the noise sources, those that an operator set */
    sources: (id: string): NoiseSource[] =>
      sources.all(id).map((one) => ({ ...one, on: one.on === 1, poisson: one.poisson === 1 })),
    writeSource: (id: string, source: NoiseSource): void => {
      writeSource.run({ ...source, chip: id, on: source.on ? 1 : 0, poisson: source.poisson ? 1 : 0 })
    },
    exclusions: (id: string) => exclusions.all(id),
    exclude: (id: string, neurons: readonly number[], reason: string, by: string, at: string): void => {
      for (const neuron of neurons) exclude.run({ chip: id, neuron, reason, by, at })
    },
    include: (id: string, neurons: readonly number[]): void => {
      for (const neuron of neurons) include.run(id, neuron)
    },
    notes: (id: string) => notes.all(id),
    /** @param note an empty one is erased */
    note: (id: string, neuron: number, note: string, at: string): void => {
      if (note === '') eraseNote.run(id, neuron)
      else writeNote.run({ chip: id, neuron, note, at })
    }
  }
}
