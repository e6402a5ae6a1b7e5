/** What a suite is checked with. */
import type { ChipPort, Silicon } from '../emulator/chip-port'
import type { Kernels } from '../kernels/module'
import type { ImageSet } from '../training/types'

/** what core cannot do itself */
export interface VerifyTools {
  kernels: Kernels
  /** lower-case hex */
  sha256: (bytes: Uint8Array) => string
  /** the images as training gets them */
  mnist16: () => { train: ImageSet; test: ImageSet }
  /** an emulated chip, as work opens it */
  open: (silicon: Silicon, trialSeed: number) => ChipPort
}
