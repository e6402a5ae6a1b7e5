/** Suite `yin_yang`: the generator against the reference's own output, every bit. */
import { yinYang, yinYangBytes } from '../datasets/yin-yang'
import type { Entry } from './document'
import { Errors, FAR } from './errors'
import type { Suite } from './errors'
import type { VerifyTools } from './tools'

export function verifyYinYang(file: Entry, tools: VerifyTools): Suite {
  const errors = new Errors(file.get('limits'))
  const cases = file.get('datasets').list()
  for (const each of cases) {
    const size = each.get('size').integer(1, 1_000_000)
    const set = yinYang(size, each.get('seed').integer(0, 0xffffffff))
    const shown = each.get('shown').integer(0, size)
    errors.arrays('value', set.values.subarray(0, shown * 4), each.get('values').array(shown, 4), 'ulp')
    errors.arrays('label', set.labels.subarray(0, shown), each.get('labels').array(shown), 'ulp')
    errors.arrays('value', set.values.subarray(-4), each.get('last_value').array(4), 'ulp')
    errors.add('label', set.labels[size - 1] - each.get('last_label').number(), 'ulp')
    const counts = [0, 0, 0]
    for (const label of set.labels) counts[label]++
    errors.arrays('class count', counts, each.get('class_counts').array(3), 'ulp')
    const same = tools.sha256(yinYangBytes(set)) === each.get('sha256_all').text()
    errors.add('checksum of all samples', same ? 0 : FAR, 'ulp')
  }
  return errors.suite('yin_yang', cases.length)
}
