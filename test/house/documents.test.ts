/** What the documents say against the tree: links lead somewhere, files and commands that they name exist. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src-main/cli/commands/index'
import { fieldsOf, flagOf } from '../../src-main/cli/options'

const root = path.join(import.meta.dirname, '../..')
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')
const walk = (folder: string, ending: RegExp): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => path.join(folder, file))

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'src-renderer/components/README.md',
  ...walk('resources/docs', /\.md$/)
]
/** code spans and blocks, a line each */
const codeOf = (file: string): string[] =>
  Array.from(read(file).matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+(?:\n[^`\n]+)?)`/g), ([, block, span]) =>
    block === undefined ? [(span ?? '').replaceAll(/\s*\n\s*/g, ' ')] : block.split('\n')
  ).flat()

describe.each(DOCUMENTS)('%s', (file) => {
  it('has links that lead somewhere', () => {
    const links = Array.from(read(file).matchAll(/\]\(([^)\s]+)\)/g), ([, to]) => to)
    const broken = links.filter((to) => !/^https?:/.test(to) && !fs.existsSync(path.join(root, path.dirname(file), to)))
    expect(broken).toEqual([])
  })

  it('names files that exist', () => {
    const PLACES = [
      '',
      'src-renderer',
      'src-main',
      'src-main/core',
      'src-main/core/calibration',
      'test/core',
      'resources/docs'
    ]
    const named = codeOf(file).flatMap(
      (code) => /^(?:node )?([\w./-]+\/[\w.-]+\.(?:ts|mjs|md|json|br|py))$/.exec(code)?.[1] ?? []
    )
    const gone = named.filter((one) => !PLACES.some((place) => fs.existsSync(path.join(root, place, one))))
    expect(gone).toEqual([])
  })

  it('names scripts of npm, of node and tests that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } }
    const wrong = codeOf(file).filter((code) => {
      const script = /^npm (?:run )?([\w:]+)/.exec(code)?.[1]
      if (script !== undefined && script !== 'test' && !(script in scripts)) return true
      const run = /^(?:node|npx vitest run(?: --config \S+)?) ([\w./-]+\/[\w./-]+)/.exec(code)?.[1]
      return run !== undefined && !fs.existsSync(path.join(root, run))
    })
    expect(wrong).toEqual([])
  })

  it('gives commands that there are, with options that they take', () => {
    const wrong = codeOf(file).flatMap((code) => {
      // in tables of runs the program's name is left out
      const bare = code.includes(' --') && COMMANDS.some(({ path: name }) => code.startsWith(`${name} `))
      const line = bare ? code : /^(?:npx |node build\/)?inloop(?:\.mjs)? (.+)$/.exec(code)?.[1].replace(/\s+#.*$/, '')
      return line === undefined ? [] : mistakes(line)
    })
    expect(wrong).toEqual([])
  })
})

const EVERYWHERE = ['--workspace', '--json', '--threads', '--quiet', '--help', '--version', '--cli']

/** of a command line without `inloop`; what stands in capitals or brackets is for the reader to fill in */
function mistakes(line: string): string[] {
  const words = line.split(/\s+/)
  while (EVERYWHERE.includes(words[0])) words.splice(0, /^--(workspace|threads)$/.test(words[0]) ? 2 : 1)
  if (words.length === 0 || words[0] === 'schema' || /^[A-Z…]/.test(words[0])) return []
  const command = [2, 1]
    .map((n) => COMMANDS.find(({ path: name }) => name === words.slice(0, n).join(' ')))
    .find((one) => one !== undefined)
  if (!command) return [line]
  const flags = fieldsOf(command).map((field) => flagOf(field, command).split(' ')[0])
  const all = [...EVERYWHERE, ...flags, ...(command.switch ? [command.switch.flag] : [])]
  return Array.from(line.matchAll(/(?<![\w-])--[a-z][a-z-]*/g), ([flag]) => flag).filter((flag) => !all.includes(flag))
}

it('the command line’s own document has every command, and no other', () => {
  const text = read('resources/docs/cli.md')
  const missing = COMMANDS.filter(({ path: name }) => !text.includes(`\`${name}`))
  expect(missing.map(({ path: name }) => name)).toEqual([])
  const rows = text.split('\n').filter((line) => line.startsWith('| `') && !line.startsWith('| `--'))
  const given = rows.flatMap((row) => Array.from(row.split(' | ')[0].matchAll(/`([a-z][^`]*)`/g), ([, code]) => code))
  expect(given.length).toBeGreaterThan(50)
  expect(given.flatMap((code) => mistakes(code.replaceAll('\\|', '|')))).toEqual([])
})

it('comments that name a document and a section mean one that exists', () => {
  const sections = new Map(
    DOCUMENTS.map((file) => [
      path.basename(file),
      Array.from(read(file).matchAll(/^#+ (\d+(?:\.\d+)*)\.? /gm), ([, number]) => number)
    ])
  )
  const code = ['src-main', 'src-renderer', 'test', 'build'].flatMap((house) => walk(house, /\.(ts|svelte|mjs|js)$/))
  const wrong = code.flatMap((file) => {
    const text = read(file)
    if (!text.includes('.md')) return []
    return Array.from(text.matchAll(/\b([\w-]+\.md)\b(?: (\d+(?:\.\d+)*))?/g), ([mention, name, number]) => {
      const there = sections.get(name)
      return there && (number === undefined || there.includes(number)) ? null : `${file}: ${mention}`
    })
  })
  expect(wrong.filter((one) => one !== null && !one.includes('documents.test'))).toEqual([])
}, 60_000)
