/**
 * Elementary functions that give the same bits on every JavaScript engine. ECMAScript leaves the last bits of
 * Math.exp, Math.log and friends to the engine (V8 has changed its own over the versions that Inloop runs on), while
 * + − × ÷ and Math.sqrt are exact IEEE 754. Core uses these and lint refuses the others there.
 *
 * Errors: below 1 ulp for exp and log over their range (test/core/numerics holds them against 40-digit values).
 */

/** ln 2 split so that k · LN2_HIGH is exact for |k| < 2^20 */
const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const INV_LN2 = 1.4426950408889634

/** 1 / n!, n = 0 … 13: the Taylor series of exp on |r| <= ln 2 / 2 ends below 1e-17 there */
const INV_FACTORIAL = (() => {
  const list = [1]
  for (let n = 1; n <= 13; n++) list.push(list[n - 1] / n)
  return list
})()

/** 2^k, exact, for −1074 <= k <= 1023 */
function power2(k: number): number {
  if (k < -1022) return power2(k + 52) * 2 ** -52
  bits[1] = (k + 1023) << 20
  bits[0] = 0
  return double[0]
}
const double = new Float64Array(1)
const bits = new Uint32Array(double.buffer)

/** e^x */
export function exp(x: number): number {
  if (x !== x) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019412) return 0
  const k = Math.round(x * INV_LN2)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  // e^r = 1 + (r + r²·p): the small terms are summed first
  let p = INV_FACTORIAL[13]
  for (let n = 12; n >= 2; n--) p = p * r + INV_FACTORIAL[n]
  const y = 1 + (high - (low - r * r * p))
  return k > 1023 ? y * 2 * power2(k - 1) : y * power2(k)
}

/** e^x − 1 without cancellation near 0 */
export function expm1(x: number): number {
  if (x > 0.3 || x < -0.3) return exp(x) - 1
  let p = 1 / 6227020800
  for (let n = 12; n >= 1; n--) p = p * x + INV_FACTORIAL[n]
  return p * x
}

/** natural logarithm */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return x
  let e = 0
  if (x < 2.2250738585072014e-308) {
    x *= 2 ** 54
    e = -54
  }
  double[0] = x
  e += (bits[1] >>> 20) - 1023
  bits[1] = (bits[1] & 0x000fffff) | 0x3ff00000
  let m = double[0]
  if (m > 1.4142135623730951) {
    m /= 2
    e += 1
  }
  // ln m = 2 artanh s, s = (m − 1) / (m + 1), |s| <= 0.1716
  const f = m - 1
  const s = f / (2 + f)
  const z = s * s
  let p = 0
  for (let n = 23; n >= 3; n -= 2) p = (p + 2 / n) * z
  // ln m = f − s·(f − p): keeps the leading term exact
  return e * LN2_HIGH - (s * (f - p) - e * LN2_LOW - f)
}

/** hyperbolic tangent */
export function tanh(x: number): number {
  if (x > 22) return 1
  if (x < -22) return -1
  const t = expm1(2 * x)
  return t / (t + 2)
}

/** x^y for x > 0 (relative error about |y ln x| ulp) */
export function power(x: number, y: number): number {
  return exp(y * log(x))
}
