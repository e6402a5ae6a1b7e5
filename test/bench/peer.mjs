// The libraries' own workload, in turn in plain PyTorch and in Inloop's training path, on one thread and on two:
//   node test/bench/peer.mjs [--rounds N] [--seconds S]
// Prints medians over the rounds and their ratios as JSON. Needs Debian's python3-torch (PYTHON names another Python).
import { execFileSync } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

const ROOT = path.join(import.meta.dirname, '../..')
const PEER = path.join(import.meta.dirname, 'peer_torch.py')
/** the reference BLAS does 1 to 2 on a core, an optimised one more than 30 */
const LEAST_GFLOPS = 5

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } }
})
const threads = [1, 2].filter((n) => n <= os.availableParallelism())
const python = findPython()
const collected = new Map()

for (let round = 0; round < Number(values.rounds); round++) {
  for (const steps of [50, 100]) {
    const ours = inloop(steps)
    for (const n of threads) {
      const theirs = peer(steps, n)
      const mine = ours.find((b) => b.threads === n)
      note(steps, n, 'inloop', mine.value, mine.details)
      note(steps, n, 'torch', theirs.samplesPerSecond, theirs)
    }
  }
  console.error(`round ${round + 1} of ${values.rounds} done`)
}

const results = [...collected.values()].map(({ steps, threads, inloop, torch }) => {
  const figures = Object.fromEntries(
    ['wall', 'processor'].map((kind) => {
      const [a, b] = [inloop, torch].map((list) => median(list.map((one) => one[kind])))
      return [kind, { inloop: Math.round(a), torch: Math.round(b), ratio: Math.round((10 * a) / b) / 10 }]
    })
  )
  const hiddenSpikes = { inloop: inloop[0].hiddenSpikes, torch: torch[0].hiddenSpikes }
  return { steps, threads, samplesPerSecond: figures.wall, perProcessorSecond: figures.processor, hiddenSpikes }
})
const cpu = os.cpus()[0]?.model.trim()
console.log(JSON.stringify({ machine: { cpu, cores: os.cpus().length, load: os.loadavg()[0] }, results }, null, 2))

function note(steps, threads, who, wall, details) {
  const key = `${steps} ${threads}`
  const entry = collected.get(key) ?? { steps, threads, inloop: [], torch: [] }
  collected.set(key, entry)
  entry[who].push({ wall, processor: details.perProcessorSecond, hiddenSpikes: details.hiddenSpikes })
}

function inloop(steps) {
  const command = path.join(ROOT, 'build/inloop.mjs')
  const options = ['--json', '--quiet', '--threads', String(threads.at(-1))]
  return run(process.execPath, [command, 'bench', `surrogate.ideal.t${steps}`, ...options]).benchmarks
}

function peer(steps, n) {
  const said = run(python, [PEER, String(steps), String(n), values.seconds])
  if (said.productGflops < LEAST_GFLOPS) {
    console.error(
      `PyTorch multiplies matrices at ${said.productGflops.toFixed(1)} GFLOP/s: it has only the reference BLAS. ` +
        'A fair peer needs an optimised one: apt-get install libopenblas0'
    )
    process.exit(1)
  }
  return said
}

function run(command, args) {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }))
}

function findPython() {
  const names = process.env.PYTHON ? [process.env.PYTHON] : ['python3', '/usr/bin/python3']
  for (const name of names) {
    try {
      execFileSync(name, ['-c', 'import torch'], { stdio: 'ignore' })
      return name
    } catch {
      // the next one
    }
  }
  console.error(`no torch in ${names.join(', ')}: apt-get install python3-torch, or name a Python in PYTHON`)
  process.exit(1)
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
