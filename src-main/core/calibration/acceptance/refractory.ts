/**
 * Refractory registers (calix, tests/sw/py/test_refractory_period.py): what the registers on the chip stand for is within
 * 1.1 clock periods of the target, the hold-off within 2.1.
 */
import { holdOffCycles } from '../refractory'
import { periods } from '../routines/refractory'
import { below, type Group, pick } from './group'

export const refractory: Group = {
  name: 'refractory_registers',
  label: 'Refractory registers',
  needs: ['refractory'],
  measure: ({ bench, counted }) => {
    const period = periods(bench)
    const { refractory } = bench.port.readSwitches()
    const { holdOff } = bench.port.readDynamics()
    const off = (cycles: (n: number) => number, target: Float64Array): number =>
      Math.max(
        ...pick(
          target.map((us, n) => Math.abs(cycles(n) - us / period[n])),
          counted
        )
      )
    const time = off((n) => refractory[n], bench.each('refractory_time'))
    const hold = off((n) => holdOffCycles(holdOff[n]), bench.each('hold_off_time'))
    return [
      below('Refractory registers: farthest from target', time, 1.1, 'periods'),
      below('Hold-off registers: farthest from target', hold, 2.1, 'periods')
    ]
  }
}
