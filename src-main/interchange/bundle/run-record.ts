/** run.json of a bundle: the record of a run, the chip it ran on, what a person wrote on it. Checked before it is used. */
import { z } from 'zod'
import { runStyle } from '../../contract/runs'
import type { Chip } from '../../store/chips'
import type { Imported, Origin } from '../../store/runs/origin'
import type { Run } from '../../store/runs/runs'

type Marks = Pick<Run, 'name' | 'star' | 'tags' | 'note'> & Partial<Pick<Run, 'colour' | 'line'>>
type Work = Pick<Run, 'config' | 'configHash' | 'versions' | 'host' | 'createdAt' | 'seeds' | 'conversion' | 'excluded'>
type Asked = Pick<Run, 'method' | 'dataset' | 'datasetSha256' | 'seed' | 'epochs' | 'calibrationUse'>
type Came = Pick<Run, 'status' | 'epochsDone' | 'metrics'>

/** the chip as it was when the run was made */
export interface BundledChip extends Pick<
  Chip,
  'name' | 'model' | 'seed' | 'mismatch' | 'recipe' | 'quirks' | 'ageDays' | 'temperature' | 'neurons' | 'serial'
> {
  exclusions: { neuron: number; reason: string }[]
}

export interface RunRecord extends Marks, Work, Asked, Came {
  id: string
  /** what `train` was asked for */
  input: { [key: string]: unknown }
  origin: Origin | null
  /** null: ideal dynamics */
  chip: BundledChip | null
}

const json: z.ZodType = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)])
)
const count = z.int().min(0)
const share = z.number().nullable()
const sha = z.string().regex(/^[0-9a-f]{64}$/)
const plain = z.union([z.number(), z.string(), z.boolean(), z.null()])

const difference = z.object({ epoch: count, quantity: z.string(), recorded: json, again: json })
const origin: z.ZodType<Origin> = z.lazy(() =>
  z.union([
    z.object({
      kind: z.literal('imported'),
      file: z.string(),
      sha256: sha,
      run: z.string(),
      host: z.string(),
      at: z.string(),
      before: origin.nullable()
    }) as z.ZodType<Imported>,
    z.object({
      kind: z.literal('again'),
      of: z.string(),
      reproduced: z.boolean().nullable(),
      firstDifference: difference.nullable()
    }) as z.ZodType<Origin>
  ])
)

const chip = z.object({
  name: z.string().min(1),
  model: z.string().min(1),
  seed: count,
  mismatch: z.number().min(0),
  recipe: z.enum(['A', 'B']),
  quirks: z.boolean(),
  ageDays: z.number().min(0),
  temperature: z.number(),
  neurons: z.int().min(1),
  serial: z.string().min(1),
  exclusions: z.array(z.object({ neuron: count, reason: z.string().min(1) }))
})

export const runRecord = z.object({
  id: z.string().min(1),
  name: z.string().min(1).max(120),
  star: z.boolean(),
  tags: z.array(z.string()),
  note: z.string(),
  // files of before have none
  ...runStyle.partial().shape,
  status: z.enum(['done', 'interrupted', 'cancelled', 'failed']),
  method: z.string().min(1),
  dataset: z.string().min(1),
  datasetSha256: sha,
  seed: count,
  seeds: z.record(z.string(), z.number()),
  epochs: z.int().min(1),
  epochsDone: count,
  calibrationUse: z.enum(['calibrated', 'median', 'default', 'ideal']),
  excluded: z.array(count),
  config: z.record(z.string(), json),
  configHash: sha,
  versions: z.record(z.string(), z.union([z.string(), z.number()])),
  host: z.string(),
  createdAt: z.iso.datetime(),
  conversion: z.record(z.string(), plain),
  metrics: z.object({ trainAccuracy: share, testAccuracy: share, n: count, hiddenSpikesPerSample: share }),
  input: z.record(z.string(), json),
  origin: origin.nullable(),
  chip: chip.nullable()
}) as unknown as z.ZodType<RunRecord>
