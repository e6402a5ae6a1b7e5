/**
 * Canonical JSON (RFC 8785 for the values used here: keys sorted, no spaces, ECMAScript numbers) and its SHA-256, so
 * that the same configuration has the same hash wherever and in whatever order it was written.
 */
import { createHash } from 'node:crypto'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export function canonical(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('JSON has no NaN and no infinity')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

export function hashOf(value: Json): string {
  return sha256(canonical(value))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
