// How training scales with threads: one run on two threads against two independent single-thread processes at the same
// time, and one of them alone, in turn. Runs of the command line, each process with its own workspace:
//   node test/bench/scaling.mjs [--rounds N] [--epochs N] [--limit-train N] [--chip hx-1|ideal]
// Prints images a second (medians over rounds; a round's figure is the median of its epochs after the first) as JSON.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'

const INLOOP = path.join(import.meta.dirname, '../../build/inloop.mjs')
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    epochs: { type: 'string', default: '4' },
    'limit-train': { type: 'string', default: '60000' },
    chip: { type: 'string', default: 'hx-1' }
  }
})

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-scaling-'))
const [one, other] = ['one', 'other'].map((name) => path.join(folder, name))
try {
  await inloop(one, ['chip', 'new', '--seed', '1'])
  if (values.chip !== 'ideal') await inloop(one, ['calibrate', values.chip])
  fs.cpSync(one, other, { recursive: true })
  // the data set is prepared once per workspace, outside what is timed
  for (const workspace of [one, other]) await train(workspace, 1, ['--epochs', '1', '--limit-train', '100'])

  const rounds = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const alone = await train(one, 1)
    const team = await train(one, 2)
    const pair = await Promise.all([train(one, 1), train(other, 1)])
    rounds.push({ alone, team, pair: pair[0] + pair[1] })
    console.error(`round ${round + 1} of ${values.rounds}: ${JSON.stringify(rounds.at(-1))}`)
  }
  const figure = (name) => Math.round(median(rounds.map((each) => each[name])))
  const ratio = Math.round(1000 * median(rounds.map(({ team, pair }) => team / pair))) / 1000
  const result = {
    chip: values.chip,
    oneThread: figure('alone'),
    twoThreads: figure('team'),
    twoProcesses: figure('pair'),
    twoThreadsOverTwoProcesses: ratio,
    load: os.loadavg()[0]
  }
  console.log(JSON.stringify(result, null, 2))
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

async function train(
  workspace,
  threads,
  options = ['--epochs', values.epochs, '--limit-train', values['limit-train']]
) {
  const what = ['train', 'surrogate', '--dataset', 'mnist16', '--chip', values.chip, '--limit-test', '1000']
  const { run } = await inloop(workspace, [...what, ...options, '--threads', String(threads)])
  const rates = run.history.map((epoch) => epoch.samplesPerSecond)
  return median(rates.length > 1 ? rates.slice(1) : rates)
}

async function inloop(workspace, args) {
  const command = [INLOOP, ...args, '--workspace', workspace, '--json', '--quiet']
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1 << 26 })
  return JSON.parse(stdout)
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
