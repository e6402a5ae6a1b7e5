/** What a person sees on stderr while a job works: one line that renews itself, and a line an epoch that stays. */
import type { Events } from '../contract/events'
import { about, number, percent } from './text'

export class ProgressLine {
  #line = ''

  constructor(
    readonly stream: NodeJS.WriteStream,
    readonly quiet: boolean
  ) {}

  job(job: Events['job']): void {
    if (this.quiet || !this.stream.isTTY || !job.progress || job.status !== 'running') return
    const { share, text, eta } = job.progress
    const left = eta === null ? '' : `, ${about(eta)} left`
    const line = `${job.title}: ${text}, ${(100 * share).toFixed(0)} %${left}`.slice(0, (this.stream.columns || 80) - 1)
    this.#draw(line)
  }

  epoch({ run, epoch: e }: Events['epoch']): void {
    if (this.quiet) return
    const spikes = `${number(e.hiddenSpikesPerSample)} spikes/image`
    const speed = `${Math.round(e.samplesPerSecond)} samples/s`
    const accuracy = `train ${percent(e.trainAccuracy)}, test ${percent(e.testAccuracy)}`
    this.say(`${run} epoch ${e.epoch}: loss ${e.loss.toFixed(4)}, ${accuracy}, ${spikes}, ${speed}`)
  }

  /** a line that stays */
  say(text: string): void {
    this.clear()
    this.stream.write(`${text}\n`)
  }

  clear(): void {
    if (this.#line) this.#draw('')
  }

  #draw(line: string): void {
    this.stream.write(`\r${line.padEnd(this.#line.length)}${line ? '' : '\r'}`)
    this.#line = line
  }
}
