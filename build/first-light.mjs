// The first job, where there is no display to open a window on: make a chip, calibrate it, let a network learn
// handwritten digits with the chip in the loop. Uses the command line as anybody would, and says each command.
// What is already there is not made again.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ROOT } from './paths.mjs'
import { SetupError } from './shell.mjs'

const CHIP = { name: 'first light', seed: 1, mismatch: 1 }
const TRAINING = { dataset: 'mnist16', epochs: 3, seed: 1 }
/** share of all 10,000 test images that must be read correctly */
const EXPECTED = 0.93

const quoted = (argument) => (/[\s"']/.test(argument) ? JSON.stringify(argument) : argument)

/** runs `inloop …` and returns the JSON document that it prints; its progress goes through to the person */
function inloop(args, { show = true } = {}) {
  if (show) console.log(`\n$ npx inloop ${args.map(quoted).join(' ')}`)
  return new Promise((resolve, reject) => {
    const command = [path.join(ROOT, 'build/inloop.mjs'), ...args, '--json']
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part) => (text += part))
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(text))
      else reject(new SetupError(`\`npx inloop ${args.map(quoted).join(' ')}\` ended with status ${status}`))
    })
  })
}

const percent = (share) => `${(100 * share).toFixed(2)} %`

async function ensureChip(chips) {
  const there = chips.find((chip) => chip.name === CHIP.name)
  if (there) {
    console.log(`There is a chip "${there.name}" (${there.id}) already.`)
    return there
  }
  const options = ['--seed', String(CHIP.seed), '--mismatch', String(CHIP.mismatch), '--name', CHIP.name]
  const { chip } = await inloop(['chip', 'new', '--model', 'hicann-x', ...options])
  console.log(`  ${chip.id}: ${chip.neurons} neurons, serial number ${chip.serial}`)
  return chip
}

async function ensureCalibrated(chip) {
  if (chip.active) {
    console.log(`It is calibrated (${chip.active}).`)
    return
  }
  const { calibration } = await inloop(['calibrate', chip.id])
  const passed = calibration.routines.filter((routine) => routine.passed).length
  const quality = `${calibration.usable} of ${calibration.neurons} neurons usable, ${passed} of ${calibration.routines.length} routines within limits`
  console.log(`  ${calibration.id}: ${quality}, ${calibration.seconds.toFixed(1)} s`)
}

async function ensureRun(chip, runs) {
  const there = runs.find((run) => run.chip === chip.id && run.status === 'done' && run.metrics.testAccuracy !== null)
  if (there) return there
  const { dataset, epochs, seed } = TRAINING
  const options = ['--dataset', dataset, '--chip', chip.id, '--epochs', String(epochs), '--seed', String(seed)]
  const { run } = await inloop(['train', 'surrogate', ...options])
  return run
}

function goOn(run) {
  return [
    '',
    'Go on:',
    `  npx inloop runs show ${run.id}      what this run was made of`,
    '  npx inloop train surrogate --dataset mnist16 --chip ideal --epochs 30',
    '  npx inloop --help',
    '',
    'The window: run `npm start` on a desktop (or with `ssh -X`); it shows the same chip and the same run.'
  ].join('\n')
}

/** @returns {Promise<number>} exit status */
export async function firstLight() {
  console.log('No display here, so the first job runs in the terminal.')
  const { chips } = await inloop(['chip', 'list'], { show: false })
  const chip = await ensureChip(chips)
  await ensureCalibrated(chip)
  const { runs } = await inloop(['runs', 'list'], { show: false })
  const run = await ensureRun(chip, runs)
  const { testAccuracy, n } = run.metrics
  console.log(`\nRun ${run.id}: ${percent(testAccuracy)} of ${n} test images read correctly on chip "${chip.name}".`)
  console.log(goOn(run))
  if (testAccuracy >= EXPECTED) return 0
  console.error(`That is less than the ${percent(EXPECTED)} expected here.`)
  return 1
}
