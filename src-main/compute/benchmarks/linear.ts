/**
 * What emulation costs by the number of neurons and by the time that is emulated, and the memory it takes. A network
 * unit is a column of two neuron circuits, so 64 … 512 circuits are 32 … 256 columns, of which 10 are readouts. Measured
 * twice: of an active network, and of a silent one, in which no unit comes near its threshold and none is done again step
 * by step. The silent one shows how the kernel itself grows; what the active one costs more is its spikes.
 */
import type { LinearInput } from '../tasks/linear'
import type { BenchmarkEntry } from './entry'

const CLASSES = 10
const NEURONS = [64, 128, 256, 512]
const BINS = [20, 40, 80, 160]
/** the published experiment: 20 bins; longer samples are the same images with a slower code */
const SHORTEST = { bins: 20, inputTauUs: 8 }
/** times the spread of first weights: an untrained network fires about as often as a trained one, or never */
const ACTIVE = 3
const SILENT = 0.01

export const LINEAR_BENCHMARK: BenchmarkEntry = {
  name: 'emulate.linear',
  unit: 'ns per neuron and bin',
  help: 'a table of images a second and memory, for 64 to 512 neurons and for times that double; the value is for 512',
  scales: false,
  measure: async (lab) => {
    const chip = await lab.chip()
    const row = async (neurons: number, bins: number, spread: number) => {
      const hidden = neurons / 2 - CLASSES
      const inputTauUs = (SHORTEST.inputTauUs * bins) / SHORTEST.bins
      const input: Omit<LinearInput, 'images'> = {
        chip,
        // slower input overlaps less: larger weights keep the activity
        set: { hidden, bins, inputTauUs, initScale: spread * Math.sqrt(bins / SHORTEST.bins) },
        batch: 100,
        seed: 1
      }
      const { rate, hiddenSpikes, bytes } = await lab.linear(input)
      const nsPerNeuronAndBin = 1e9 / (rate * neurons * bins)
      const memoryMB = Math.round(bytes / 1e5) / 10
      return { neurons, bins, imagesPerSecond: Math.round(rate), nsPerNeuronAndBin, hiddenSpikes, memoryMB }
    }
    const table = async (spread: number) => {
      const byNeurons = []
      for (const neurons of NEURONS) byNeurons.push(await row(neurons, SHORTEST.bins, spread))
      const byTime = [byNeurons[NEURONS.length - 1]]
      for (const bins of BINS.slice(1)) byTime.push(await row(512, bins, spread))
      return { byNeurons, byTime, fits: { byNeurons: costOf(byNeurons), byTime: costOf(byTime) } }
    }
    const active = await table(ACTIVE)
    const silent = await table(SILENT)
    return { value: active.byTime[0].nsPerNeuronAndBin, details: { ...active, silent } }
  }
}

interface Row {
  neurons: number
  bins: number
  imagesPerSecond: number
}

/**
 * Cost of an image as a fixed part (readouts, reading the answer) and one for each neuron and bin: the straight line with
 * least squares of the relative deviations, and the largest of these.
 */
function costOf(rows: readonly Row[]) {
  const points = rows.map(({ neurons, bins, imagesPerSecond }) => ({ x: neurons * bins, ns: 1e9 / imagesPerSecond }))
  // relative deviations: each equation fixed + slope · x = ns divided by ns
  const sum = (value: (p: { x: number; ns: number }) => number): number =>
    points.reduce((total, p) => total + value(p) / (p.ns * p.ns), 0)
  const [one, x, xx, ns, xns] = [
    sum(() => 1),
    sum((p) => p.x),
    sum((p) => p.x * p.x),
    sum((p) => p.ns),
    sum((p) => p.x * p.ns)
  ]
  const slope = (one * xns - x * ns) / (one * xx - x * x)
  const fixed = (ns - slope * x) / one
  const largestDeviation = Math.max(...points.map((p) => Math.abs(fixed + slope * p.x - p.ns) / p.ns))
  return { fixedNs: Math.round(fixed), nsPerNeuronAndBin: slope, largestDeviation }
}
