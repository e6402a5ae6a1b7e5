/**
 * A trained network that answers "what if": its chip with another spread or temperature, its weights with fewer bits,
 * some of its units dead. It is read by the method's own evaluation on a chip that is opened anew with what was changed;
 * what was measured before the training still stands, since the chip changes under a network that is there already.
 *
 * A few hundred images are read at once and the whole test set only when it is asked for; readings grow batch by batch
 * and are kept.
 */
import { firstSamples } from '../../core/datasets/mnist'
import { impaired } from '../../core/training/impair'
import type { Kernels } from '../../core/kernels/module'
import { solo } from '../../core/kernels/team'
import type { Evaluation, ImageSet } from '../../core/training/types'
import { methodNamed } from '../methods'
import type { ChipSpec, TaskInputs, WhatIfChanges, WhatIfReading } from '../protocol'
import { chipOpener } from '../../core/emulator/hicann-x/index'
import { openNetwork } from '../tasks/chips'

export type Trained = Omit<TaskInputs['evaluate'], 'data' | 'samePlace'> & { test: ImageSet }

/** encoded at first, so that the rest of what is read while a slider moves needs nothing anew */
const AT_LEAST = 500

export class WhatIfNetwork {
  readonly #mark: number
  /** of the same silicon most of the time: only another spread is another draw */
  readonly #chips = chipOpener()
  /** what is read now, by the text of its changes; and how many images were encoded for it */
  #key = ''
  #encoded = 0
  #rest: Generator<Evaluation, void, void> | undefined
  #newest: Evaluation | undefined

  constructor(
    readonly trained: Trained,
    readonly kernels: Kernels
  ) {
    this.#mark = kernels.arena.mark()
  }

  /** @returns a reading of at least `samples` test images, or of all; @throws InputError if a change is none of this run's */
  read(changes: WhatIfChanges, samples: number): WhatIfReading {
    const key = JSON.stringify(changes)
    const { length } = this.trained.test.labels
    // whole batches, so that every sample is presented as in the whole test set
    const wanted = Math.min(length, Math.ceil(Math.max(samples, AT_LEAST) / this.trained.batch) * this.trained.batch)
    if (key !== this.#key) this.#open(key, changes, wanted)
    else if (wanted > this.#encoded) this.#open(key, changes, length)
    while (!this.#newest || this.#newest.n < samples) {
      const next = this.#rest?.next()
      if (!next || next.done) break
      this.#newest = next.value
    }
    const { testAccuracy, n, hiddenSpikesPerSample } = this.#newest!
    return { testAccuracy, n, hiddenSpikesPerSample, of: length }
  }

  /** gives the memory back, as it was found */
  close(): void {
    const { arena } = this.kernels
    // whoever takes this memory next may count on zeros
    new Uint8Array(arena.memory.buffer, this.#mark, arena.mark() - this.#mark).fill(0)
    arena.release(this.#mark)
    this.#key = ''
    this.#rest = this.#newest = undefined
  }

  #open(key: string, changes: WhatIfChanges, images: number): void {
    this.close()
    const { trained, kernels } = this
    const { seed, batch } = trained
    const test = firstSamples(trained.test, images)
    const method = methodNamed(trained.method)
    const config = { ...method.settingsOf(trained.config), ...onIdeal(trained.chip, changes) }
    const { port, usable } = openNetwork(changed(trained.chip, changes), method, config, seed, this.#chips)
    const { layers, hidden } = method.weights(trained.checkpoint, test.classes, port.weightLimit)
    const { bits, dead } = changes
    const checkpoint = impaired(trained.checkpoint, layers, hidden, { bits, dead, seed })
    const team = solo
    this.#rest = method.readings({
      config,
      batch,
      checkpoint,
      test,
      port,
      usable,
      kernels,
      team,
      seed,
      samePlace: true
    })
    this.#key = key
    this.#encoded = images
  }
}

function changed(chip: ChipSpec, { spread, temperature }: WhatIfChanges): ChipSpec {
  if (chip.kind === 'ideal') return chip
  return {
    ...chip,
    ...(spread === null ? {} : { mismatch: spread }),
    ...(temperature === null ? {} : { temperature })
  }
}

/** ideal neurons differ by a setting of the method */
function onIdeal(chip: ChipSpec, { spread }: WhatIfChanges): { spread?: number } {
  return chip.kind === 'ideal' && spread !== null ? { spread } : {}
}
