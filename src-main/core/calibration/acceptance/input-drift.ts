/**
 * Synaptic input references by the fast converter (calix, tests/hw/py/test_neuron_reference_madc.py): with the leak off,
 * connecting the inputs lets membranes drift by less than 1 MADC LSB / µs (90th percentile). Without a capacitance named
 * there, with all of it here.
 */
import { drifts, floating } from '../routines/reference-madc'
import { below, type Group, pick, sizeQuantile } from './group'

export const inputDrift: Group = {
  name: 'input_drift',
  label: 'Input references: drift',
  needs: ['reference_exc', 'reference_inh'],
  measure: ({ bench, counted }) => {
    floating(bench)
    bench.setAll({ inputExc: 0, inputInh: 0 })
    const without = drifts(bench)
    bench.setAll({ inputExc: 1, inputInh: 1 })
    const added = drifts(bench).map((slope, n) => slope - without[n])
    return [
      below('Input references: drift, 90th percentile', sizeQuantile(pick(added, counted), 0.9), 1, 'MADC LSB/µs')
    ]
  }
}
