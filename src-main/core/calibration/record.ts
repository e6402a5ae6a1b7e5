/** A record with the same keys and other values. */
export function mapRecord<K extends string, A, B>(
  record: { readonly [key in K]: A },
  f: (value: A, key: K) => B
): Record<K, B> {
  const out = {} as Record<K, B>
  for (const key of Object.keys(record) as K[]) out[key] = f(record[key], key)
  return out
}
