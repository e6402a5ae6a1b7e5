/**
 * A random stream whose normal draws are quick: trial noise takes millions of them in a measurement. Ziggurat of 128
 * layers (Marsaglia and Tsang 2000; layer and abscissa from separate bits, as Doornik 2005 asks). The abscissa has 24
 * bits, which is plenty for noise; the fixed pattern of a chip is drawn from a plain `Stream`.
 */
import { exp, log } from '../numerics/functions'
import { Stream } from '../random/stream'

const LAYERS = 128
/** where the tail begins, and the area of each layer (Marsaglia and Tsang's values for 128 layers) */
const TAIL = 3.442619855899
const AREA = 9.91256303526217e-3

/** right ends of the layers, widest first; the lowest is widened so that it has the tail's area, too */
const EDGE = new Float64Array(LAYERS + 1)
/** how much of each layer lies below the curve for sure */
const INNER = new Float64Array(LAYERS)
EDGE[0] = AREA / density(TAIL)
EDGE[1] = TAIL
for (let k = 2; k < LAYERS; k++) EDGE[k] = Math.sqrt(-2 * log(AREA / EDGE[k - 1] + density(EDGE[k - 1])))
for (let k = 0; k < LAYERS; k++) INNER[k] = EDGE[k + 1] / EDGE[k]
/** the curve at the edges, 1 at the top */
const HEIGHT = EDGE.map(density)
HEIGHT[LAYERS] = 1

function density(x: number): number {
  return exp(-0.5 * x * x)
}

export class TrialNoise extends Stream {
  /** standard normal */
  override normal(): number {
    for (;;) {
      const bits = this.bits()
      const layer = bits & (LAYERS - 1)
      const u = ((bits >>> 8) + 0.5) / 8388608 - 1
      if (Math.abs(u) < INNER[layer]) return u * EDGE[layer]
      if (layer === 0) return u < 0 ? -this.#tail() : this.#tail()
      const x = u * EDGE[layer]
      const low = HEIGHT[layer]
      if (low + this.uniform() * (HEIGHT[layer + 1] - low) < density(x)) return x
    }
  }

  /** beyond the last layer (Marsaglia 1964) */
  #tail(): number {
    for (;;) {
      const x = -log(1 - this.uniform()) / TAIL
      const y = -log(1 - this.uniform())
      if (2 * y > x * x) return TAIL + x
    }
  }
}
