/**
 * What the board measures of itself: six supply monitors, the temperature, the power (hardware.md 1.6, 7: rails within
 * ± 1 %, 25 … 40 °C, a sensor good to ± 0.5 K, 100 … 200 mW).
 *
 * ASSUMED: which rails the six are, and what differs from board to board (fixed) and from reading to reading.
 */
import { Stream } from '../../random/stream'

const RAILS = [
  { name: 'VDD12 analog', nominal: 1.2 },
  { name: 'VDD12 digital', nominal: 1.2 },
  { name: 'VDD12 MADC', nominal: 1.2 },
  { name: 'VDD125 PLL', nominal: 1.25 },
  { name: 'VDD25 analog', nominal: 2.5 },
  { name: 'VDD25 digital', nominal: 2.5 }
] as const
const BOARD = { rail: 0.004, sensorK: 0.25, milliwatts: 150, power: 0.08 }
const READING = { rail: 0.0005, sensorK: 0.1, power: 0.01 }
/** what a rail is off at most, share */
const MOST = 0.01

interface Housekeeping {
  /** °C, as the sensor reads */
  temperature: number
  rails: { name: string; nominal: number; volts: number }[]
  milliwatts: number
}

/** @param temperature of the chip, °C @param trial noise of this reading */
export function readBoard(seed: number, mismatch: number, temperature: number, trial: Stream): Housekeeping {
  const board = new Stream(seed, 'hicann-x', 'board')
  const draw = (fixed: number, reading: number): number => mismatch * fixed * board.normal() + reading * trial.normal()
  return {
    temperature: temperature + draw(BOARD.sensorK, READING.sensorK),
    rails: RAILS.map(({ name, nominal }) => {
      const off = Math.max(-MOST, Math.min(MOST, draw(BOARD.rail, READING.rail)))
      return { name, nominal, volts: nominal * (1 + off) }
    }),
    milliwatts: BOARD.milliwatts * (1 + draw(BOARD.power, READING.power))
  }
}
