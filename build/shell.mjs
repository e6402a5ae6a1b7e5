// Running other programs, and telling the person what is going on. All talk goes to stderr: stdout belongs to the
// command that was asked for (its JSON, say).
import { spawn } from 'node:child_process'

export function say(text) {
  process.stderr.write(`[set-up] ${text}\n`)
}

/** something that the person has to put right: shown as it is, without a stack */
export class SetupError extends Error {}

/**
 * Runs a program; resolves with its exit status. SIGINT and SIGTERM go on to it, so that Ctrl-C stops it and not
 * only us.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options] stdout goes to our stderr unless said otherwise
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options })
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass)
    const done = () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass)
    }
    child.on('error', (error) => {
      done()
      reject(new SetupError(`${command} cannot be run: ${error.message}`))
    })
    child.on('close', (status, signal) => {
      done()
      resolve(status ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** for the scripts of package.json: an expected error is one line, anything else keeps its stack */
export async function script(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error)
    process.exitCode = 1
  }
}
