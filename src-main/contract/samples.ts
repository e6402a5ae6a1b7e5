/**
 * What the samples of a data set are called, in every view and line that counts them: nobody looks at an image of
 * Yin-Yang. Of a set that a person added only that it has samples is sure. (No zod here: the window's library takes it.)
 */
interface Samples {
  one: string
  many: string
}

const IMAGES: Samples = { one: 'image', many: 'images' }
const NAMES: ReadonlyMap<string, Samples> = new Map([
  ['mnist28', IMAGES],
  ['mnist16', IMAGES],
  ['mnist10x5', IMAGES],
  ['fashion16', IMAGES],
  ['shd', { one: 'recording', many: 'recordings' }],
  ['yin-yang', { one: 'point', many: 'points' }]
])

export function samplesOf(dataset: string): Samples {
  return NAMES.get(dataset) ?? { one: 'sample', many: 'samples' }
}
