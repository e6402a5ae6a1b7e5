import { z } from 'zod'
import { command, job, query } from './define'

const dataset = z.object({
  name: z.string(),
  present: z.boolean(),
  samples: z.int(),
  sha256: z.string().nullable(),
  origin: z.string()
})

/** one value a person may set: a calibration target (`--target`) or a method setting (`--set`) */
export const option = z.object({
  key: z.string(),
  type: z.enum(['number', 'integer', 'boolean', 'string']),
  default: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  unit: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  choices: z.array(z.string()).optional(),
  help: z.string()
})

/** what this version can do, told by core itself, so that forms, help and validation hold no lists of their own */
const catalogue = z.object({
  routines: z.array(z.object({ name: z.string(), label: z.string() })),
  presets: z
    .array(
      z.object({
        name: z.string(),
        label: z.string(),
        help: z.string(),
        routines: z.array(z.string()),
        targets: z.record(z.string(), z.number()).describe('what differs from the defaults'),
        onTop: z.boolean().describe('keeps the rest of the active calibration')
      })
    )
    .describe('the first is the default'),
  targets: z.array(option.extend({ each: z.boolean().describe('neurons may have values of their own') })),
  methods: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      mapped: z.boolean().describe('where its weights lie on the chip can be shown'),
      activity: z.string().describe('what `hiddenSpikesPerSample` of its runs counts'),
      settings: z.array(option),
      preset: z.string().describe('of the calibrations: its working point'),
      targets: z.record(z.string(), z.number()).describe('what a calibration must aim at for this method')
    })
  ),
  datasets: z.array(z.string()),
  benchmarks: z.array(z.object({ name: z.string(), unit: z.string(), help: z.string() }))
})

const benchmark = z.object({
  name: z.string(),
  unit: z.string(),
  value: z.number(),
  threads: z.int(),
  details: z.record(z.string(), z.json()).optional().describe('how it was measured; tables')
})

export const system = {
  'dataset.list': query('List data sets', z.object({}), z.object({ datasets: z.array(dataset) })),
  'dataset.add': command(
    'Add a data set of your own: IDX files, train.csv and test.csv, or one .npz',
    z.object({
      name: z.string().min(1).max(40),
      path: z.string().min(1).describe('folder of IDX or CSV files, or an .npz with x_train, y_train, x_test, y_test'),
      side: z.int().min(2).max(64).optional().describe('resample the images to this side')
    }),
    z.object({ dataset })
  ),
  'dataset.remove': command(
    'Remove a data set that was added; runs that used it stay',
    z.object({ name: z.string().min(1).max(40) }),
    z.object({ removed: z.string(), runs: z.int().describe('that were trained on it') })
  ),
  catalogue: query(
    'Calibration routines and targets, training methods and their settings, with defaults and ranges',
    z.object({}),
    catalogue
  ),
  bench: job(
    'Measure throughput',
    z.object({ names: z.array(z.string()).default([]).describe('default: all') }),
    z.object({
      benchmarks: z.array(benchmark),
      machine: z.object({ cpu: z.string(), cores: z.int(), memoryGB: z.number(), node: z.string() })
    })
  ),
  verify: job(
    'Check the kernels and methods against reference vectors',
    z.object({ vectors: z.array(z.string()).default([]).describe('files; default: the shipped ones') }),
    z.object({
      suites: z.array(
        z.object({
          suite: z.string(),
          cases: z.int(),
          maxError: z.number(),
          tolerance: z.number(),
          passed: z.boolean(),
          quantities: z.array(
            z.object({
              name: z.string(),
              worst: z.number(),
              limit: z.number(),
              value: z.number().optional().describe('of a measured quantity'),
              reference: z.number().optional().describe('what it is compared with')
            })
          )
        })
      ),
      passed: z.boolean()
    })
  ),
  doctor: query(
    'Versions, paths and integrity',
    z.object({}),
    z.object({
      ok: z.boolean(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), text: z.string() })),
      versions: z.record(z.string(), z.string()),
      paths: z.record(z.string(), z.string())
    })
  ),
  backup: command(
    'Copy the workspace database to a file',
    z.object({ file: z.string().min(1) }),
    z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })
  ),
  'app.info': query(
    'Workspace and version, for the frame',
    z.object({}),
    z.object({
      version: z.string(),
      workspace: z.string(),
      bytes: z.number(),
      readOnly: z.boolean(),
      barred: z.enum(['newer', 'write-protected']).nullable().describe('why it is read-only'),
      runtime: z.string(),
      home: z.string().describe('of the person, to write paths short')
    })
  )
} as const
