import path from 'node:path'
import { expect, it } from 'vitest'
import { defaultWorkspace } from '../../src-main/handlers/workspace/path'

it('is where Electron keeps the data of the product "Inloop"', () => {
  expect(defaultWorkspace({}, 'linux', '/home/a')).toBe('/home/a/.config/Inloop/workspace')
  expect(defaultWorkspace({ XDG_CONFIG_HOME: '/c' }, 'linux', '/home/a')).toBe('/c/Inloop/workspace')
  expect(defaultWorkspace({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Inloop/workspace')
  expect(defaultWorkspace({ APPDATA: '/d' }, 'win32', '/u')).toBe('/d/Inloop/workspace')
})

it('is where INLOOP_WORKSPACE says', () => {
  expect(defaultWorkspace({ INLOOP_WORKSPACE: 'here' }, 'linux', '/home/a')).toBe(path.resolve('here'))
})
