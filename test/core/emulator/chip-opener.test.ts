// Chips opened one after another from one draw are those that are opened one by one, whatever was done to the others.
import { expect, it } from 'vitest'
import { chipOpener, type EmulatedChip, openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect } from '../../../src-main/core/emulator/inspector'

const CHIP: EmulatedChip = { seed: 7, mismatch: 1, trialSeed: 3 }
const OTHERS: EmulatedChip[] = [
  CHIP,
  { ...CHIP, temperature: 60 },
  { ...CHIP, mismatch: 0.5, ageDays: 30 },
  { ...CHIP, seed: 8, recipe: 'B' },
  CHIP
]

const bytes = ({ buffer }: Float32Array): Uint8Array => new Uint8Array(buffer)

it('opens the same chips as opening each anew', () => {
  const open = chipOpener()
  for (const chip of OTHERS) {
    const [kept, anew] = [open(chip), openChip(chip)].map((port) => {
      port.writeNeuron(
        'leak',
        Uint16Array.from({ length: 512 }, (_, n) => 300 + (n % 100))
      )
      port.writeSwitches({ joined: new Uint8Array(512).fill(1) })
      const { circuits, draw } = inspect(port)
      return { told: { circuits, identity: port.identity }, synapses: [draw.synapses(0), draw.synapses(1)] }
    })
    expect(kept.told).toEqual(anew.told)
    for (const array of [0, 1]) expect(Buffer.compare(bytes(kept.synapses[array]), bytes(anew.synapses[array]))).toBe(0)
  }
})
