/**
 * Two circuits of a column joined to one membrane (top circuit c, bottom circuit c + 256; "two circuits joined per
 * neuron" of the published in-the-loop networks). Capacitances and leak conductances add, each leak pulls with its
 * conductance. The excitatory input is the top circuit's, the inhibitory input the bottom circuit's (the other two
 * count as switched off); comparator, reset and refractory time are the top circuit's and act on the common membrane.
 */
import type { Circuits } from '../chip/hicann-x/circuits'
import { COLUMNS } from '../chip/hicann-x/topology'

/** one entry of `Circuits`: numbers instead of arrays */
export type Circuit = Record<Exclude<keyof Circuits, 'count'>, number>

/** the effective neuron of column c (0 … 255), its two circuits joined */
function joinColumn(circuits: Circuits, c: number): Circuit {
  const [top, bottom] = [c, c + COLUMNS]
  const capacitance = circuits.capacitance[top] + circuits.capacitance[bottom]
  const leakTop = circuits.capacitance[top] / circuits.tauMem[top]
  const leakBottom = circuits.capacitance[bottom] / circuits.tauMem[bottom]
  const tauMem = capacitance / (leakTop + leakBottom)
  // the noise is a white current: a stationary sd s of one circuit comes from a power of 2 s² C² / tauMem, and powers add
  const power = (n: number): number => (circuits.noise[n] * circuits.capacitance[n]) ** 2 / circuits.tauMem[n]
  return {
    leak: (leakTop * circuits.leak[top] + leakBottom * circuits.leak[bottom]) / (leakTop + leakBottom),
    reset: circuits.reset[top],
    threshold: circuits.threshold[top],
    tauMem,
    tauSynExc: circuits.tauSynExc[top],
    tauSynInh: circuits.tauSynInh[bottom],
    capacitance,
    gainExc: circuits.gainExc[top],
    gainInh: circuits.gainInh[bottom],
    limitExc: circuits.limitExc[top],
    limitInh: circuits.limitInh[bottom],
    weightOffsetExc: circuits.weightOffsetExc[top],
    weightOffsetInh: circuits.weightOffsetInh[bottom],
    inputOffsetExc: circuits.inputOffsetExc[top],
    inputOffsetInh: circuits.inputOffsetInh[bottom],
    offsetCurrent: circuits.offsetCurrent[top] + circuits.offsetCurrent[bottom],
    tauReset: circuits.tauReset[top],
    refractory: circuits.refractory[top],
    refractoryCycle: circuits.refractoryCycle[top],
    noise: Math.sqrt((power(top) + power(bottom)) * tauMem) / capacitance,
    fires: circuits.fires[top],
    dead: circuits.dead[top] | circuits.dead[bottom]
  }
}

/** room for `count` circuits, all zero */
function emptyCircuits(count: number): Circuits {
  const floats = (): Float64Array => new Float64Array(count)
  return {
    count,
    leak: floats(),
    reset: floats(),
    threshold: floats(),
    tauMem: floats(),
    tauSynExc: floats(),
    tauSynInh: floats(),
    capacitance: floats(),
    gainExc: floats(),
    gainInh: floats(),
    limitExc: floats(),
    limitInh: floats(),
    weightOffsetExc: floats(),
    weightOffsetInh: floats(),
    inputOffsetExc: floats(),
    inputOffsetInh: floats(),
    offsetCurrent: floats(),
    tauReset: floats(),
    refractory: floats(),
    refractoryCycle: floats(),
    noise: floats(),
    fires: new Uint8Array(count),
    dead: new Uint8Array(count)
  }
}

function put(into: Circuits, n: number, circuit: Circuit): void {
  for (const key of Object.keys(circuit) as (keyof Circuit)[]) into[key][n] = circuit[key]
}

function circuitAt(circuits: Circuits, n: number): Circuit {
  const { count: _, ...fields } = circuits
  return Object.fromEntries(Object.entries(fields).map(([key, values]) => [key, values[n]])) as Circuit
}

/**
 * The 256 columns as a network sees them. A column that is not joined has its top circuit only: nothing arrives on its
 * inhibitory side, because those synapses feed another membrane.
 * @param joined 1 where the circuits of a column are joined (256 or more entries)
 */
export function columnsOf(circuits: Circuits, joined: Uint8Array): Circuits {
  const columns = emptyCircuits(COLUMNS)
  for (let c = 0; c < COLUMNS; c++) {
    put(columns, c, joined[c] ? joinColumn(circuits, c) : { ...circuitAt(circuits, c), gainInh: 0 })
  }
  return columns
}

/** The 512 membranes: both circuits of a joined column get the common membrane's values, and only the top one fires. */
export function membranesOf(circuits: Circuits, joined: Uint8Array): Circuits {
  if (!joined.some((x) => x === 1)) return circuits
  const membranes = emptyCircuits(circuits.count)
  for (let n = 0; n < circuits.count; n++) {
    const c = n % COLUMNS
    put(membranes, n, joined[c] ? joinColumn(circuits, c) : circuitAt(circuits, n))
    if (joined[c] && n >= COLUMNS) membranes.fires[n] = 0
  }
  return membranes
}
