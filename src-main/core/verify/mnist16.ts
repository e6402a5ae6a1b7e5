/** Suite `mnist16`: resampled images and their spike times, against the images that training gets. */
import { latencyUs } from '../datasets/latency'
import type { Entry } from './document'
import { Errors, FAR } from './errors'
import type { Suite } from './errors'
import type { VerifyTools } from './tools'

const PIXELS = 256

export function verifyMnist16(file: Entry, tools: VerifyTools): Suite {
  const errors = new Errors(file.get('limits'))
  const sets = tools.mnist16()
  const cases = file.get('images').list()
  let off = 0
  for (const image of cases) {
    const split = image.get('split').text()
    const set = split === 'train' ? sets.train : sets.test
    const index = image.get('index').integer(0, set.labels.length - 1)
    const pixels = image.get('pixels').array(PIXELS)
    const times = image.get('spike_times_us').list(PIXELS)
    errors.add('label', set.labels[index] === image.get('label').number() ? 0 : FAR, 'pixel_levels')
    for (let k = 0; k < PIXELS; k++) {
      const difference = Math.abs(set.pixels[index * PIXELS + k] - pixels[k])
      errors.add('pixel', difference, 'pixel_levels')
      if (difference !== 0) off++
      const time = latencyUs(pixels[k])
      const silent = Number.isNaN(time)
      const expected = times[k].value === null ? null : times[k].number()
      const error = expected === null || silent ? (silent === (expected === null) ? 0 : FAR) : time - expected
      errors.add('spike time', error, 'spike_time_us_given_equal_pixels')
    }
  }
  errors.add('share of pixels off by one', off / Math.max(1, cases.length * PIXELS), 'share_of_pixels_off_by_one')
  return errors.suite('mnist16', cases.length)
}
