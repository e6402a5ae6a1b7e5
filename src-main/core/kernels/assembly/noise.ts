// Trial noise for the kernels: normal numbers are read from a table, at rows that a hash picks.

/** finaliser of MurmurHash3: every input bit moves every output bit (as random/stream.ts) */
function avalanche(x: i32): i32 {
  x = (x ^ (x >>> 16)) * 0x85ebca6b
  x = (x ^ (x >>> 13)) * 0xc2b2ae35
  return x ^ (x >>> 16)
}

/** all noise of one presentation of one sample follows from this number */
export function noiseKey(seed: i32, trial: i32, sample: i32): i32 {
  let key = avalanche(seed ^ 0x9e3779b9)
  key = avalanche((key ^ trial) * 0x9e3779b1 + 0x7f4a7c15)
  return avalanche((key ^ sample) * 0x9e3779b1 + 0x7f4a7c15)
}

/** what the events of one row have in common */
export function eventKey(key: i32, row: i32): i32 {
  return avalanche(key + row * 0x9e3779b9)
}

/** bits of one event of a row: of a neuron at an instant, say */
export function eventBits(eventKey: i32, which: i32): i32 {
  return avalanche(eventKey + which * 0x85ebca6b)
}

/** further bits of the same event */
export function moreBits(bits: i32): i32 {
  return avalanche(bits + 0x9e3779b9)
}

/** byte offset into the table where the normal numbers of one row (one instant, all units) begin */
export function noiseRow(key: i32, row: i32, mask: i32): i32 {
  return (avalanche(key + row * 0x9e3779b9) & mask) << 4
}
