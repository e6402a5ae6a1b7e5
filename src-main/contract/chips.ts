import { z } from 'zod'
import { CHIP_SORTS } from './chip-order'
import { command, query } from './define'
import { oneLine } from './text'

const MODELS = ['hicann-x'] as const
const RECIPES = ['A', 'B'] as const

const chipName = oneLine(80).refine(
  (name) => name.toLowerCase() !== 'ideal',
  'allowed: another name, `ideal` stands for dynamics without a chip'
)

export const chipId = z.string().min(1).describe('id or name of a chip')

/** of a chip of any size; whether this one has it, its handler says */
export const neuronNumber = z.int().min(0).max(0xffff)

/** a calibration belongs to the chip that it was made on; whoever wants another has to say so, and it is recorded */
export const allowOtherChip = z.boolean().default(false).describe('take a calibration that was made on another chip')

const exclusion = z.object({
  neuron: z.int().min(0),
  reason: z.string(),
  by: z.string().describe('who: `operator`, or the calibration that derived it')
})

export const chip = z.object({
  id: z.string(),
  name: z.string(),
  model: z.enum(MODELS),
  seed: z.int(),
  mismatch: z.number(),
  recipe: z.enum(RECIPES).describe('which published chip its spreads follow'),
  quirks: z.boolean().describe('whether it has the oddities of the silicon'),
  ageDays: z.number().describe('days that it has aged'),
  temperature: z.number().describe('°C'),
  neurons: z.int(),
  serial: z.string(),
  createdAt: z.iso.datetime(),
  active: z.string().nullable().describe('id of the active calibration'),
  calibrations: z.int().describe('how many calibrations there are'),
  excluded: z.int()
})

export const calibrationSummary = z.object({
  id: z.string(),
  chip: z.string(),
  active: z.boolean(),
  complete: z.boolean(),
  createdAt: z.iso.datetime(),
  seconds: z.number(),
  neurons: z.int(),
  usable: z.int(),
  seed: z.int(),
  ageDays: z.number().describe('of the chip when it was made, days'),
  temperature: z.number().describe('of the chip when it was made, °C'),
  targets: z.record(z.string(), z.number()),
  stale: z.array(z.string()).describe('why it no longer describes its chip as it is; empty: it does'),
  sha256: z.string().nullable().describe('of all that it came to: settings, searches, maps')
})

export const chipDetail = chip.extend({
  calibrations: z.array(calibrationSummary),
  exclusions: z.array(exclusion).describe('by an operator'),
  notes: z.array(z.object({ neuron: z.int().min(0), note: z.string(), at: z.iso.datetime() })),
  derived: z.array(exclusion).describe('neurons that the active calibration could not bring to their targets'),
  ageing: z.object({
    coefficients: z.literal('assumed').describe('no drift of the silicon is published'),
    history: z.array(z.object({ days: z.number(), temperature: z.number(), at: z.iso.datetime() }))
  })
})

/** what core/chip/hicann-x/drift.ts knows of */
export const MOST_DAYS = 10_000

export const chips = {
  'chip.new': command(
    'Make an emulated chip: a seed from which all its faults are drawn',
    z.object({
      model: z.enum(MODELS).default('hicann-x'),
      seed: z.int().min(0).max(0xffffffff).optional().describe('default: drawn anew'),
      name: chipName.optional(),
      mismatch: z.number().min(0).max(5).default(1).describe('scales every spread: 1 as measured on silicon, 0 ideal'),
      recipe: z
        .enum(RECIPES)
        .default('A')
        .describe('which published chip its spreads follow: A "cube 66", B neuromorphic-bistability'),
      quirks: z
        .boolean()
        .default(false)
        .describe(
          'with the oddities of the silicon: latching comparators, glitches of short refractory times, leaky mux'
        )
    }),
    z.object({ chip })
  ),
  'chip.list': query(
    'List the chips',
    z.object({
      filter: z.string().max(2000).default('').describe('words; a chip is listed that has all of them in what it says'),
      sort: z.enum(CHIP_SORTS).optional().describe('default: as they were made'),
      descending: z.boolean().default(false)
    }),
    z.object({ chips: z.array(chip) })
  ),
  'chip.show': query(
    'Show a chip, its calibrations and exclusions',
    z.object({ chip: chipId }),
    z.object({ chip: chipDetail })
  ),
  'chip.rename': command('Rename a chip', z.object({ chip: chipId, name: chipName }), z.object({ chip })),
  'chip.delete': command(
    'Delete a chip that no run refers to',
    z.object({ chip: chipId }),
    z.object({ deleted: z.string() })
  ),
  'chip.health': query(
    "Read the board's monitors: temperature, supply rails, power",
    z.object({ chip: chipId, seed: z.int().min(0).max(0xffffffff).default(1).describe('seed of the reading noise') }),
    z.object({
      health: z.object({
        chip: z.string(),
        temperature: z.number().describe('°C'),
        rails: z.array(z.object({ name: z.string(), nominal: z.number(), volts: z.number() })),
        milliwatts: z.number()
      })
    })
  ),
  'chip.age': command(
    'Let a chip drift for some days, at a temperature (all coefficients are assumed: none is published)',
    z.object({
      chip: chipId,
      days: z.number().min(0).max(MOST_DAYS).describe('how many days pass; 0: only the temperature changes'),
      temperature: z.number().min(15).max(45).optional().describe('°C from now on; default: as it is')
    }),
    z.object({ chip: chipDetail })
  ),
  'chip.quirks': command(
    "Switch a chip's oddities of the silicon on or off",
    z.object({ chip: chipId, quirks: z.enum(['on', 'off']) }),
    z.object({ chip: chipDetail })
  ),
  'chip.note': command(
    'Write a note on a neuron, which stays in use; an empty one is erased',
    z.object({ chip: chipId, neuron: neuronNumber, note: z.string().trim().max(2000) }),
    z.object({ chip: chipDetail })
  ),
  exclude: command(
    'Exclude neurons from mapping and statistics, with a reason',
    z.object({
      chip: chipId,
      neurons: z.array(neuronNumber).min(1),
      reason: oneLine(500)
    }),
    z.object({ chip: chipDetail })
  ),
  include: command(
    'Take neurons back into use',
    z.object({ chip: chipId, neurons: z.array(neuronNumber).min(1) }),
    z.object({ chip: chipDetail })
  )
} as const
