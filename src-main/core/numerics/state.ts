/**
 * State as plain data, so that work can be put aside and taken up again with the same bits: of an emulated chip what its
 * cells hold (noise of their writes included), how far each stream was drawn, what its sensors remember; of a
 * calibration what the bench knows. What is drawn from a chip's seed is no part of it.
 *
 * Whoever has state names it as a tree of records, lists, arrays and plain values; `copyOf` takes it away, `putBack`
 * writes it into the same tree.
 */
type Numbers =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value)
}

/** a deep copy */
export function copyOf<T>(value: T): T {
  if (isNumbers(value)) return value.slice() as T
  if (Array.isArray(value)) return value.map(copyOf) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyOf<unknown>(child)])) as T
}

/** Writes `saved` into `live`, a tree of the same shape: arrays in place, everything else by its key. */
export function putBack(live: object, saved: object): void {
  if (Array.isArray(live) && Array.isArray(saved)) live.length = saved.length
  for (const [key, value] of Object.entries(saved)) {
    const at = live as { [key: string]: unknown }
    const now = at[key]
    if (isNumbers(value) && isNumbers(now) && now.length === value.length) now.set(value as never)
    else if (isTree(value) && isTree(now)) putBack(now, value)
    else at[key] = copyOf(value)
  }
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isNumbers(value)
}
