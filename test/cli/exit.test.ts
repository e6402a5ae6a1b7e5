import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { EXIT, statusOf, writeDiagnostics } from '../../src-main/cli/exit'
import { ERROR_CODES } from '../../src-main/contract/errors'
import { temporaryFolder } from '../store/fixtures'

it('every error a person can mend is exit status 2, an interruption 3, a fault of ours 4', () => {
  const statuses = Object.fromEntries(ERROR_CODES.map((code) => [code, statusOf({ code })]))
  expect(statuses).toEqual({
    'bad-input': 2,
    'not-found': 2,
    conflict: 2,
    'newer-database': 2,
    'damaged-file': 2,
    interrupted: 3,
    internal: 4
  })
  expect(EXIT.failed).toBe(1)
})

it('diagnostics name versions, command and stack, in the workspace or wherever can be written', () => {
  const folder = temporaryFolder()
  const file = writeDiagnostics(folder, { inloop: '0.1.0', command: 'train surrogate' }, 'Error: x\n    at y')
  expect(path.dirname(file)).toBe(folder)
  expect(fs.readFileSync(file, 'utf8')).toMatch(
    /inloop: 0\.1\.0\ncommand: train surrogate\nnode: v[^]*Error: x\n {4}at y/
  )
  const elsewhere = writeDiagnostics(path.join(folder, 'not', 'there'), {}, 'Error: x')
  expect(fs.existsSync(elsewhere)).toBe(true)
  fs.rmSync(elsewhere)
})
