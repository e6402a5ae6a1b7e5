// The few archive formats that the registry runtime needs, so that a bare machine needs no unzip and no package for it.
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflateRaw } from 'node:zlib'

const TAR_BLOCK = 512
const CHUNK = 1 << 20

/** writes the first member of a .tgz whose name ends in `suffix` to `target`, as a stream: it may be larger than memory */
export async function memberOfTgz(tgz, suffix, target) {
  const out = fs.openSync(target, 'w')
  let head = Buffer.alloc(0)
  let wanted = 0
  let skip = 0
  let found = false
  for await (let bytes of fs.createReadStream(tgz, { highWaterMark: CHUNK }).pipe(createGunzip({ chunkSize: CHUNK }))) {
    const take = (count) => {
      const part = bytes.subarray(0, count)
      bytes = bytes.subarray(part.length)
      return part
    }
    while (bytes.length && !(found && wanted === 0)) {
      if (wanted > 0) {
        const part = take(wanted)
        fs.writeSync(out, part)
        wanted -= part.length
      } else if (skip > 0) {
        skip -= take(skip).length
      } else {
        head = Buffer.concat([head, take(TAR_BLOCK - head.length)])
        if (head.length < TAR_BLOCK) continue
        const name = head.toString('latin1', 0, 100).split('\0')[0]
        const size = Number.parseInt(head.toString('latin1', 124, 136), 8) || 0
        head = Buffer.alloc(0)
        found = name.endsWith(suffix)
        if (found) wanted = size
        else skip = Math.ceil(size / TAR_BLOCK) * TAR_BLOCK
      }
    }
  }
  fs.closeSync(out)
  if (!found || wanted > 0) throw new Error(`no complete ${suffix} inside ${path.basename(tgz)}`)
}

/** the entries of a zip file's central directory (zip64 is not needed here) */
function* zipEntries(fd) {
  const { size } = fs.fstatSync(fd)
  const tail = read(fd, Math.max(0, size - 66_000), Math.min(size, 66_000))
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('not a zip file')
  const directory = read(fd, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  for (let at = 0; at < directory.length;) {
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field))
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      deflated: directory.readUInt16LE(at + 10) === 8,
      compressed: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      local: directory.readUInt32LE(at + 42)
    }
    at += 46 + nameLength + extraLength + noteLength
  }
}

function read(fd, position, length) {
  const bytes = Buffer.alloc(length)
  fs.readSync(fd, bytes, 0, length, position)
  return bytes
}

/** @param {(name: string) => string | null} pick where an entry goes below `folder`; null leaves it out */
export async function unzip(zip, folder, pick) {
  const fd = fs.openSync(zip, 'r')
  try {
    for (const entry of zipEntries(fd)) {
      const to = pick(entry.name)
      if (!to) continue
      const file = path.join(folder, to)
      if (!file.startsWith(folder + path.sep)) throw new Error(`an entry of the archive points outside: ${entry.name}`)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      const header = read(fd, entry.local, 30)
      const start = entry.local + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
      const mode = entry.mode & 0o111 ? 0o755 : 0o644
      if (entry.compressed === 0) {
        fs.writeFileSync(file, '', { mode })
        continue
      }
      const sink = fs.createWriteStream(file, { mode })
      const source = fs.createReadStream(zip, { start, end: start + entry.compressed - 1, highWaterMark: CHUNK })
      await (entry.deflated ? pipeline(source, createInflateRaw({ chunkSize: CHUNK }), sink) : pipeline(source, sink))
    }
  } finally {
    fs.closeSync(fd)
  }
}

/** Electron's own archive format, for a flat folder. @param {Record<string, string>} files texts by name */
export function asar(files) {
  const listing = {}
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    listing[name] = { size: Buffer.byteLength(text), offset: String(offset) }
    offset += listing[name].size
  }
  const json = Buffer.from(JSON.stringify({ files: listing }))
  const padded = Math.ceil(json.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  // two nested "pickles", each with its length in front
  for (const [at, value] of [4, padded + 8, padded + 4, json.length].entries()) head.writeUInt32LE(value, at * 4)
  json.copy(head, 16)
  return Buffer.concat([head, ...Object.values(files).map((text) => Buffer.from(text))])
}
