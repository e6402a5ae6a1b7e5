/** The scripts of the set-up that can be tried without a bare machine. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memberOfTgz, unzip } from '../../build/archives.mjs'
import { fingerprint } from '../../build/stamp.mjs'
import { packageNames, WINDOW } from '../../build/system-packages.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inloop-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('packages have the names of the distribution at hand', () => {
  const release = (id: string, version: string): string => `NAME="x"\nID=${id}\nVERSION_ID="${version}"\n`
  const old = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']
  const renamed = ['libgtk-3-0t64', 'libnss3', 'libasound2t64', 'libgbm1']
  expect(packageNames(WINDOW, release('debian', '12'))).toEqual(old)
  expect(packageNames(WINDOW, release('debian', '13'))).toEqual(renamed)
  expect(packageNames(WINDOW, release('ubuntu', '22.04'))).toEqual(old)
  expect(packageNames(WINDOW, release('ubuntu', '24.04'))).toEqual(renamed)
  expect(packageNames(WINDOW, 'ID=debian\nVERSION_ID="13"\n')).toEqual(renamed)
})

describe('a fingerprint changes with', () => {
  const file = (name: string): string => path.join(folder, name)
  beforeEach(() => {
    mkdirSync(file('deep'))
    writeFileSync(file('deep/a'), 'one')
    utimesSync(file('deep/a'), 1, 1)
  })
  const changes: Record<string, () => void> = {
    'a file more': () => writeFileSync(file('deep/b'), ''),
    'a file less': () => rmSync(file('deep/a')),
    'another size': () => {
      writeFileSync(file('deep/a'), 'three')
      utimesSync(file('deep/a'), 1, 1)
    },
    'an older time': () => utimesSync(file('deep/a'), 0, 0)
  }
  test.each(Object.entries(changes))('%s', (_name, change) => {
    const before = fingerprint([folder])
    expect(fingerprint([folder])).toBe(before)
    change()
    expect(fingerprint([folder])).not.toBe(before)
  })
})

describe('archives', () => {
  test('a member comes out of a .tgz whole', async () => {
    const bytes = Buffer.alloc(3_000_000, 'not a round number of blocks, ')
    mkdirSync(path.join(folder, 'package'))
    writeFileSync(path.join(folder, 'package/before.txt'), 'x'.repeat(700))
    writeFileSync(path.join(folder, 'package/it.zip'), bytes)
    execFileSync('tar', ['-czf', 'a.tgz', 'package/before.txt', 'package/it.zip'], { cwd: folder })
    await memberOfTgz(path.join(folder, 'a.tgz'), '.zip', path.join(folder, 'out'))
    expect(readFileSync(path.join(folder, 'out')).equals(bytes)).toBe(true)
    await expect(memberOfTgz(path.join(folder, 'a.tgz'), '.exe', path.join(folder, 'no'))).rejects.toThrow(
      'no complete .exe'
    )
  })

  test('a zip gives the files that are picked, and nothing outside its folder', async () => {
    const text = 'the runtime '.repeat(1000)
    writeFileSync(
      path.join(folder, 'a.zip'),
      zip({ 'dir/run': text, 'dir/empty': '', 'dir/left': 'x', '../evil': 'x' })
    )
    const target = path.join(folder, 'to')
    await unzip(path.join(folder, 'a.zip'), target, (name: string) => (/run|empty/.test(name) ? name.slice(4) : null))
    expect(readFileSync(path.join(target, 'run'), 'utf8')).toBe(text)
    expect(statSync(path.join(target, 'run')).mode & 0o777).toBe(0o755)
    expect(readFileSync(path.join(target, 'empty'), 'utf8')).toBe('')
    expect(() => statSync(path.join(target, 'left'))).toThrow()
    await expect(unzip(path.join(folder, 'a.zip'), target, (name: string) => name)).rejects.toThrow('points outside')
  })
})

/** a zip archive of executable files, after PKWARE's application note, without checksums */
function zip(files: Record<string, string>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const data = text ? deflateRawSync(text) : Buffer.alloc(0)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE((0o100755 << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    local.push(head, Buffer.from(name), data)
    central.push(entry, Buffer.from(name))
    offset += head.length + name.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}
