/** Trains a network, adding to core's reports what core does not know: the time. */
import { yinYangGrid } from '../../core/training/plane'
import type { EpochReport, TrainReport } from '../../core/training/types'
import { dashboardOf } from '../dashboard'
import { methodNamed } from '../methods'
import type { TaskInputs, TaskResults } from '../protocol'
import { openNetwork } from './chips'
import { drive, type Images, type LaneContext, STOPPED, type Stopped } from './task'

export function train(
  input: TaskInputs['train'] & { images: Images },
  context: LaneContext
): TaskResults['train'] | Stopped {
  const { epochs, batch, seed, images, resume, config } = input
  const { kernels, team } = context
  const method = methodNamed(input.method)
  const settings = method.settingsOf(config)
  const { port, usable } = openNetwork(input.chip, method, settings, seed)
  const run = method.train({
    config: settings,
    epochs,
    batch,
    seed,
    train: images.train,
    test: images.test,
    port,
    usable,
    kernels,
    team,
    ...(input.data.dataset === 'yin-yang' ? { plane: yinYangGrid() } : {}),
    ...(resume ? { resume } : {})
  })
  const samples = images.train.labels.length
  const total = epochs
  let epochStart = context.seconds()
  let trained = 0

  const hear = (report: TrainReport): void => {
    const now = context.seconds()
    if (report.kind === 'conversion') {
      context.report({ kind: 'conversion', values: { ...report.conversion } })
      epochStart = now
    } else if (report.kind === 'batch') {
      const { epoch, loss, accuracy, hiddenSpikesPerSample, batch: done, batches } = report
      trained = now - epochStart
      const samplesPerSecond = ((done / batches) * samples) / trained
      context.report({ kind: 'batch', epoch, loss, accuracy, hiddenSpikesPerSample, samplesPerSecond })
      const text = `epoch ${Math.ceil(epoch)}/${total}, batch ${done}/${batches}`
      context.report({ kind: 'progress', share: Math.min(1, epoch / total), text })
    } else {
      context.report({ kind: 'dashboard', dashboard: dashboardOf(report, port.weightLimit) })
      if (report.plane) context.report({ kind: 'plane', epoch: report.epoch, plane: report.plane })
      context.report({ kind: 'epoch', ...epochRow(report, samples / trained, now - epochStart) })
      epochStart = now
    }
  }

  const end = drive(run, context, hear)
  return end === STOPPED ? STOPPED : { epochs: end.epoch }
}

/** @param samplesPerSecond of forward, backward and update; @param seconds of the epoch with its test */
function epochRow(report: EpochReport, samplesPerSecond: number, seconds: number) {
  const { epoch, loss, trainAccuracy, testAccuracy, hiddenSpikesPerSample, testSamples, checkpoint } = report
  const { validationAccuracy = null } = report
  const row = { epoch, loss, trainAccuracy, testAccuracy, validationAccuracy, hiddenSpikesPerSample }
  return { epoch: { ...row, samplesPerSecond, seconds }, testSamples, checkpoint }
}
