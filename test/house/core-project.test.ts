/** Core is compiled without the names of Node, of the DOM or of Electron: it cannot even spell them. */
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const CORE = path.resolve(import.meta.dirname, '../../src-main/core')

/** messages for a source that stands in core, under core's own tsconfig.json */
function complaints(code: string): string[] {
  const config = path.join(CORE, 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, CORE)
  const file = path.join(CORE, 'new.ts')
  const host = ts.createCompilerHost({ ...options, incremental: false })
  const { getSourceFile, fileExists } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.getSourceFile = (name, language) =>
    name === file ? ts.createSourceFile(name, code, language) : getSourceFile(name, language)
  const program = ts.createProgram([file], { ...options, incremental: false, tsBuildInfoFile: undefined }, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

test.each(['process', 'Buffer', 'require', 'window', 'document', 'console', 'setTimeout', 'fetch', 'crypto', 'URL'])(
  'there is no %s',
  (name) => {
    expect(complaints(`export const x: unknown = ${name}\n`)).toEqual([
      expect.stringContaining(`Cannot find name '${name}'`)
    ])
  }
)

test('there is no module of Node, nor Electron', () => {
  expect(complaints("import fs from 'node:fs'\nexport const x: unknown = fs\n")).toHaveLength(1)
})

test('what the language itself has is there', () => {
  expect(complaints('export const x = Float64Array.from([1, 2]).toSorted().at(-1)\n')).toEqual([])
})
