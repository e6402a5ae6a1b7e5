/** Reads a file of reference values strictly: whatever is missing or of the wrong kind is named with its place. */
import { InputError } from '../errors/input-error'

/** numbers in one array: more than a file of the largest size could hold */
export const MOST_NUMBERS = 2 ** 25

export class Entry {
  /** @param file what error messages call the file @param path place in it, e.g. `small[2].w1`; '' is all of it */
  constructor(
    readonly value: unknown,
    readonly file: string,
    readonly path = ''
  ) {}

  refuse(expected: string): never {
    const place = this.path === '' ? this.file : `${this.file}: ${this.path}`
    throw new InputError('damaged-file', `${place}: expected ${expected}`)
  }

  has(key: string): boolean {
    return typeof this.value === 'object' && this.value !== null && Object.hasOwn(this.value, key)
  }

  get(key: string): Entry {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) this.refuse('an object')
    const path = this.path === '' ? key : `${this.path}.${key}`
    if (!this.has(key)) throw new InputError('damaged-file', `${this.file}: ${path} is missing`)
    return new Entry((this.value as Record<string, unknown>)[key], this.file, path)
  }

  list(length?: number): Entry[] {
    if (!Array.isArray(this.value)) this.refuse('a list')
    if (length !== undefined && this.value.length !== length) this.refuse(`a list of ${length}`)
    return this.value.map((child: unknown, k) => new Entry(child, this.file, `${this.path}[${k}]`))
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) this.refuse('a number')
    return this.value as number
  }

  /** a whole number from `min` to `max` */
  integer(min: number, max: number): number {
    const value = this.value
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      this.refuse(`a whole number from ${min} to ${max}`)
    }
    return value as number
  }

  text(): string {
    if (typeof this.value !== 'string') this.refuse('a text')
    return this.value as string
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') this.refuse('true or false')
    return this.value as boolean
  }

  /** nested lists of numbers of this shape, flattened row-major */
  array(...shape: number[]): Float64Array {
    const count = shape.reduce((product, n) => product * n, 1)
    if (count > MOST_NUMBERS) this.refuse(`at most ${MOST_NUMBERS} numbers, not ${shape.join(' x ')}`)
    const out = new Float64Array(count)
    let at = 0
    const walk = (entry: Entry, depth: number): void => {
      if (depth === shape.length) out[at++] = entry.number()
      else for (const child of entry.list(shape[depth])) walk(child, depth + 1)
    }
    walk(this, 0)
    return out
  }

  /** a list of numbers of any length */
  numbers(): Float64Array {
    return Float64Array.from(this.list(), (child) => child.number())
  }

  /** 0/1 array of `shape` from a list of the places of its ones */
  places(...shape: number[]): Uint8Array {
    const out = new Uint8Array(shape.reduce((product, n) => product * n, 1))
    for (const place of this.list()) {
      const at = place.list(shape.length).reduce((sum, k, axis) => sum * shape[axis] + k.integer(0, shape[axis] - 1), 0)
      out[at] = 1
    }
    return out
  }
}
