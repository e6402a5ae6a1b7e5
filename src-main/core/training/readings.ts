/** Readings that grow batch by batch: whoever wants the whole takes the last. */
export function lastOf<T>(readings: Iterable<T>): T {
  let last: T | undefined
  for (const reading of readings) last = reading
  if (last === undefined) throw new Error('nothing was read')
  return last
}
