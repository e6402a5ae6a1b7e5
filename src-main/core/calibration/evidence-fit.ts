/** What a measurement for the eye comes to: a trace of the fast converter with what was fitted to it. */

export interface Evidence {
  /** MADC LSB, every `stepUs` */
  samples: Uint16Array
  stepUs: number
  /** first sample that was fitted: those before are clipped */
  fitted: number
  /** `curve`: at each sample fitted; null: nothing could be fitted */
  fit: { quantity: string; value: number; unit: string; curve: Float64Array } | null
  /** sd of the samples about the fit, MADC LSB; NaN without a fit */
  residualSd: number
}

/** @param free parameters of the curve */
export function residualSd(samples: Uint16Array, curve: Float64Array, from: number, free: number): number {
  let squares = 0
  for (let k = 0; k < curve.length; k++) squares += (samples[k + from] - curve[k]) ** 2
  return Math.sqrt(squares / Math.max(1, curve.length - free))
}
