/** What a run's page shows besides its curves: the confusion matrix, weights, delays and one sample. */
import { z } from 'zod'

/** what the dashboard shows of the newest (or a chosen) test sample */
export const sampleView = z.object({
  index: z.int(),
  label: z.int(),
  read: z.int(),
  /** pixels, side × side, 0 … 255 */
  image: z.instanceof(Uint8Array),
  side: z.int().describe('0: a recording of spikes'),
  inputs: z.int().optional().describe('of a recording'),
  binUs: z.number(),
  bins: z.int(),
  inputSpikes: z.object({ bin: z.instanceof(Float32Array), unit: z.instanceof(Uint16Array) }),
  hiddenSpikes: z.object({ bin: z.instanceof(Float32Array), unit: z.instanceof(Uint16Array) }),
  /** membranes of some hidden units, [unit][bin], model units (leak 0, threshold 1): measured, and as the model predicts */
  shown: z.array(z.int()),
  measured: z.instanceof(Float32Array),
  modelled: z.instanceof(Float32Array),
  /** readout membranes [output][bin] */
  readout: z.instanceof(Float32Array),
  probabilities: z.array(z.number())
})

export const dashboard = z.object({
  /** classes × classes, [label][read], of the newest evaluation */
  confusion: z.instanceof(Float64Array).nullable(),
  /** which test samples were read right, in the data's order: bit k % 8 (from the lowest) of byte k / 8; runs of before: none */
  right: z.instanceof(Uint8Array).optional(),
  classes: z.int(),
  weights: z
    .object({
      /** counts of the hidden weights over `edges` (chip units) */
      counts: z.instanceof(Float64Array),
      edges: z.instanceof(Float64Array),
      clippedShare: z.number(),
      /** receptive fields of the first hidden units, [unit][side × side], model units */
      fields: z.instanceof(Float32Array),
      units: z.int(),
      side: z.int(),
      rows: z.int().optional().describe('of a field that is no square: channels of recorded spikes lie in a row')
    })
    .nullable(),
  /** of networks whose hidden units hear each other: all weights [unit that fires][unit that hears], chip units */
  recurrent: z
    .object({
      counts: z.instanceof(Float64Array),
      edges: z.instanceof(Float64Array),
      clippedShare: z.number(),
      matrix: z.instanceof(Float32Array),
      units: z.int()
    })
    .optional(),
  /** of networks that compute with first spikes: the first label spike on the test set, µs since a sample began */
  decision: z.object({ meanUs: z.number(), latestUs: z.number() }).optional(),
  /** of networks that learn delays: counts over `edges` (µs) */
  delays: z
    .array(
      z.object({
        name: z.string(),
        n: z.int(),
        counts: z.instanceof(Float64Array),
        edges: z.instanceof(Float64Array),
        median: z.number()
      })
    )
    .optional(),
  sample: sampleView.nullable()
})
