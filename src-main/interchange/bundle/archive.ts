/**
 * A zip archive with a manifest: the SHA-256 of every part, and one over the manifest itself. What is read was checked
 * whole before anybody looks into it, and whatever is damaged is named.
 */
import { type UnzipFileInfo, unzipSync, type Zippable, zipSync } from 'fflate'
import { z } from 'zod'
import { hashOf, type Json, sha256 } from '../../store/canonical'

export type Parts = Map<string, Uint8Array>

const MANIFEST = 'manifest.json'
/** a small file may say that it unpacks to anything */
const MOST_BYTES = 1 << 30
/** zip keeps a time of each part; the same content shall make the same file */
const TIMELESS = new Date(1980, 0, 1)

const manifest = z.object({
  format: z.string(),
  schema: z.int(),
  app: z.string(),
  parts: z.record(z.string(), z.object({ bytes: z.int().min(0), sha256: z.string().length(64) })),
  sha256: z.string().length(64)
})

interface Kind {
  format: string
  schema: number
}

/** @param app version that writes it */
export function writeArchive({ format, schema }: Kind, app: string, parts: Parts): Uint8Array<ArrayBuffer> {
  const digests = Object.fromEntries(
    [...parts].map(([name, bytes]) => [name, { bytes: bytes.length, sha256: sha256(bytes) }])
  )
  const said = { format, schema, app, parts: digests }
  const text = `${JSON.stringify({ ...said, sha256: hashOf(said) }, null, 2)}\n`
  const files: Zippable = { [MANIFEST]: Buffer.from(text) }
  for (const [name, bytes] of parts) files[name] = bytes
  return zipSync(files, { mtime: TIMELESS, level: 6 })
}

/** @throws Error in one line that names the part */
export function readArchive({ format, schema }: Kind, bytes: Uint8Array): Parts {
  const there = listed(bytes)
  const text = part(bytes, MANIFEST, there)
  const { format: found, schema: written } = rawHead(text)
  if (found !== format) throw new Error(`${MANIFEST}: format ${JSON.stringify(found)} given; allowed: ${format}`)
  if (written !== schema)
    throw new Error(`schema ${JSON.stringify(written)} given; this version reads schema ${schema}`)
  const parsed = manifest.safeParse(json(text, MANIFEST))
  if (!parsed.success) throw new Error(`${MANIFEST} is damaged (${parsed.error.issues[0].message})`)
  const { sha256: own, ...said } = parsed.data
  if (hashOf(said as unknown as Json) !== own) throw new Error(`${MANIFEST} is damaged (its SHA-256 does not fit)`)
  const parts: Parts = new Map()
  for (const [name, { sha256: digest }] of Object.entries(said.parts)) {
    const content = part(bytes, name, there)
    if (sha256(content) !== digest) throw new Error(`${name} is damaged (its SHA-256 does not fit)`)
    parts.set(name, content)
  }
  const stranger = [...there.keys()].find((name) => name !== MANIFEST && !parts.has(name))
  if (stranger !== undefined) throw new Error(`${stranger} is not listed in ${MANIFEST}`)
  return parts
}

/** @throws Error naming the part */
export function json(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new Error(`${name} is damaged (it is not JSON)`)
  }
}

function rawHead(text: Uint8Array): { format?: unknown; schema?: unknown } {
  return (json(text, MANIFEST) ?? {}) as { format?: unknown; schema?: unknown }
}

function listed(bytes: Uint8Array): Map<string, UnzipFileInfo> {
  const there = new Map<string, UnzipFileInfo>()
  try {
    unzipSync(bytes, {
      filter: (file) => {
        there.set(file.name, file)
        return false
      }
    })
  } catch {
    throw new Error('this is no whole zip archive')
  }
  const total = [...there.values()].reduce((sum, { originalSize }) => sum + originalSize, 0)
  if (total > MOST_BYTES) throw new Error(`unpacks to ${total} bytes; allowed: at most ${MOST_BYTES}`)
  return there
}

function part(bytes: Uint8Array, name: string, there: ReadonlyMap<string, UnzipFileInfo>): Uint8Array {
  if (!there.has(name)) throw new Error(`${name} is missing`)
  let found: Uint8Array | undefined
  try {
    found = unzipSync(bytes, { filter: (file) => file.name === name })[name] as Uint8Array | undefined
  } catch {
    found = undefined
  }
  if (!found) throw new Error(`${name} is damaged (it cannot be unpacked)`)
  return found
}
