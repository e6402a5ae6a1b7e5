/** Lists of numbers from the terminal: a JSON list, or @FILE with JSON or CSV. */
import fs from 'node:fs'
import { InloopError } from '../contract/errors'

/**
 * @param text "[1, 2, …]" or "@file". A CSV file has one number a line (or several, separated by commas), or two columns,
 * neuron and value, in any order of neurons; a first line without numbers is a heading
 * @throws InloopError naming file and line
 */
export function listFrom(text: string, field: string): number[] {
  if (text.startsWith('[')) return fromJson(text, field)
  const file = text.slice(1)
  let content: string
  try {
    if (!fs.statSync(file).isFile()) throw new Error('a folder or device')
    content = fs.readFileSync(file, 'utf8').trim()
  } catch {
    throw new InloopError('bad-input', `${field}: "${file}" cannot be read; allowed: a file with JSON or CSV`)
  }
  return content.startsWith('[') ? fromJson(content, file) : fromCsv(content, file)
}

function fromJson(text: string, where: string): number[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    list = null
  }
  if (Array.isArray(list) && list.every((x) => typeof x === 'number')) return list
  throw new InloopError('bad-input', `${where}: "${text.slice(0, 40)}" is no list; allowed: [1, 2, 3]`)
}

function fromCsv(content: string, file: string): number[] {
  const lines = content.split(/\r?\n/).map((line) => line.split(/[,;\s]+/).filter((cell) => cell !== ''))
  if (lines[0].some((cell) => Number.isNaN(Number(cell)))) lines.shift()
  lines.forEach((cells, k) => {
    const bad = cells.find((cell) => Number.isNaN(Number(cell)))
    if (bad !== undefined) {
      throw new InloopError('bad-input', `${file}, row ${k + 1}: "${bad}" given; allowed: numbers`)
    }
  })
  const rows = lines.filter((cells) => cells.length > 0).map((cells) => cells.map(Number))
  // two columns: neuron and value
  if (rows.length > 2 && rows.every((row) => row.length === 2)) {
    const list = new Array<number>(rows.length).fill(NaN)
    for (const [neuron, value] of rows) list[neuron] = value
    if (list.length === rows.length && !list.includes(NaN)) return list
    throw new InloopError('bad-input', `${file}: neurons 0 to ${rows.length - 1} are not there once each`)
  }
  return rows.flat()
}
