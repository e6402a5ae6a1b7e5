// Weights in the port's units -> steps of the synaptic current. Meaning: `currentStep` in emulator/network/units.ts.

/** 6-bit weights with the sign of their row (hardware.md 1.3) */
const LIMIT: f32 = 63

/**
 * result[row][lane] = sign · max(0, curve[|w|] + offset[sign][lane]) · scale[sign][row][lane] · keep, 0 where w rounds to 0.
 * Weights are rounded and clipped to what a synapse holds, whoever hands them in.
 *
 * @param source f32 [rows][sourceBytes]; result, scaleExc, scaleInh f32 [rows][rowBytes]
 * @param curve f32 [64]: effective weight of each code
 * @param offsets f32 [2][lanes]: excitatory, then inhibitory
 * @param keep u32 [lanes]: all bits set, or 0 for a silenced column
 * @param silencedRows u8 [rows], or 0: rows that write 0
 */
export function convertWeights(
  source: usize,
  sourceBytes: usize,
  result: usize,
  rowBytes: usize,
  scaleExc: usize,
  scaleInh: usize,
  curve: usize,
  offsets: usize,
  keep: usize,
  silencedRows: usize,
  fromRow: i32,
  toRow: i32,
  fromVector: i32,
  toVector: i32
): void {
  const zero = f32x4.splat(0),
    limit = f32x4.splat(LIMIT),
    sign = i32x4.splat(0x80000000)
  for (let row = fromRow; row < toRow; row++) {
    const at: usize = <usize>row * rowBytes
    const from: usize = source + <usize>row * sourceBytes
    const alive = i32x4.splat(silencedRows != 0 && load<u8>(silencedRows + <usize>row) != 0 ? 0 : -1)
    for (let j = fromVector; j < toVector; j++) {
      const lane: usize = (<usize>j) << 4
      const w = f32x4.nearest(v128.load(from + lane))
      const code = i32x4.trunc_sat_f32x4_s(f32x4.pmin(limit, f32x4.abs(w)))
      let size = v128.load32_splat(curve + ((<usize>i32x4.extract_lane(code, 0)) << 2))
      size = v128.load_lane<f32>(curve + ((<usize>i32x4.extract_lane(code, 1)) << 2), size, 1)
      size = v128.load_lane<f32>(curve + ((<usize>i32x4.extract_lane(code, 2)) << 2), size, 2)
      size = v128.load_lane<f32>(curve + ((<usize>i32x4.extract_lane(code, 3)) << 2), size, 3)
      const negative = f32x4.lt(w, zero)
      const offset = v128.bitselect(v128.load(offsets + rowBytes + lane), v128.load(offsets + lane), negative)
      const scale = v128.bitselect(v128.load(scaleInh + at + lane), v128.load(scaleExc + at + lane), negative)
      const step = f32x4.mul(f32x4.pmax(zero, f32x4.add(size, offset)), scale)
      const mask = v128.and(v128.and(f32x4.ne(w, zero), alive), v128.load(keep + lane))
      v128.store(result + at + lane, v128.and(v128.or(step, v128.and(w, sign)), mask))
    }
  }
}
