// A chip whose conductance-based stages do not switch on, but for those of few neurons; so it is quick.
import type { ChipPort, DynamicsSwitches } from '../../../src-main/core/emulator/chip-port'

export function onlyConductances(port: ChipPort, neurons: readonly number[]): ChipPort {
  const writeDynamics = (switches: Partial<DynamicsSwitches>): void =>
    port.writeDynamics(
      Object.fromEntries(
        Object.entries(switches).map(([key, on]) => [key, on.map((x, n) => (neurons.includes(n) ? x : 0))])
      )
    )
  return new Proxy(port, {
    get: (target, key) => {
      if (key === 'writeDynamics') return writeDynamics
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    }
  })
}
