/** Which column each unit of a network gets. */
import type { NetworkPort } from '../emulator/network-port'
import type { Placement } from '../emulator/placement'
import { InputError } from '../errors/input-error'

export interface Placed extends Placement {
  /** hidden units that found no column and stay silent */
  silentHidden: number
}

/**
 * Hidden units take the usable columns from the first on, outputs the last usable ones. Hidden units that find no
 * column get −1.
 * @param usable 1 = the column may be used; null: every column
 * @throws InputError if there are fewer usable columns than outputs
 */
export function place(
  port: Pick<NetworkPort, 'columns'>,
  usable: Uint8Array | null,
  hidden: number,
  outputs: number
): Placed {
  const columns = Math.min(port.columns, usable ? usable.length : hidden + outputs)
  const free: number[] = []
  for (let column = 0; column < columns; column++) if (!usable || usable[column] === 1) free.push(column)
  if (free.length <= outputs) {
    throw new InputError(
      'bad-input',
      `the chip has ${free.length} usable columns, the network needs more than its ${outputs} outputs`
    )
  }
  const forHidden = Math.min(hidden, free.length - outputs)
  return {
    hidden: Int16Array.from({ length: hidden }, (_, h) => (h < forHidden ? free[h] : -1)),
    outputs: Int16Array.from(free.slice(free.length - outputs)),
    silentHidden: hidden - forHidden
  }
}
