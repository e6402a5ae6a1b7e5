#!/usr/bin/env node
// The command line from a checkout: sees to it that everything is set up and built, then runs it in this process.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { OUT } from './paths.mjs'
import { SetupError } from './shell.mjs'
import { isReady, setUp } from './setup.mjs'

try {
  if (!isReady()) await setUp()
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error)
  process.exit(4) // as for any error that is not the user's
}
await import(pathToFileURL(path.join(OUT, 'main/cli.js')).href)
