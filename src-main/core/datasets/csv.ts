/** Images from CSV as MNIST is often passed around: a line an image, its label first, then its pixels from 0 to 255. */
import { InputError } from '../errors/input-error'
import type { ImageSet } from '../training/types'
import { imagesOf } from './own'

const COMMA = 44
const RETURN = 13
const LINE = 10
const ZERO = 48

/**
 * Whole numbers separated by commas; a first line that does not begin with a digit is a heading.
 * @throws InputError `damaged-file`, naming line and what is allowed there
 */
export function imagesFromCsv(bytes: Uint8Array, name: string): ImageSet {
  let at = bytes.length > 0 && isDigit(bytes[0]) ? 0 : bytes.indexOf(LINE) + 1
  let line = at === 0 ? 1 : 2
  const fail = (what: string): never => {
    throw new InputError('damaged-file', `${name}, line ${line}: ${what}`)
  }
  const labels: number[] = []
  const values: number[] = []
  let columns = 0
  let inLine = 0
  let value = -1
  const end = (): void => {
    if (value < 0) fail('an empty field; allowed: label, then pixels, whole numbers from 0 to 255')
    if (inLine === 0) labels.push(value)
    else values.push(value)
    inLine++
    value = -1
  }
  for (; at <= bytes.length; at++) {
    const byte = at < bytes.length ? bytes[at] : LINE
    if (isDigit(byte)) {
      value = Math.max(0, value) * 10 + byte - ZERO
      if (value > 255) fail(`a value above 255; allowed: whole numbers from 0 to 255`)
    } else if (byte === COMMA) end()
    else if (byte === LINE) {
      if (inLine === 0 && value < 0) continue
      end()
      if (columns === 0) columns = inLine
      if (inLine !== columns) fail(`${inLine} fields, the lines before have ${columns}`)
      inLine = 0
      line++
    } else if (byte !== RETURN && byte !== 32) fail(`"${String.fromCharCode(byte)}"; allowed: whole numbers and commas`)
  }
  const side = Math.round(Math.sqrt(columns - 1))
  if (columns < 5 || side * side !== columns - 1)
    throw new InputError(
      'damaged-file',
      `${name}: ${columns} fields a line; allowed: a label and the pixels of a square`
    )
  return imagesOf(Uint8Array.from(values), Uint8Array.from(labels), [side, side], [name, name])
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10
}
