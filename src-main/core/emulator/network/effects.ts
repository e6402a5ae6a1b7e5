/** What the network emulation has of a chip, in words: a benchmark that prints this list has all of it switched on. */
export const EFFECTS: readonly string[] = [
  'leak, reset and threshold potential of each circuit, as calibrated on its mismatch',
  'membrane, synaptic and reset time constants, capacitance of each circuit',
  'two joined circuits a unit: excitatory input of the upper, inhibitory of the lower one',
  'synaptic gain, weight offset and residual input offset current of each circuit',
  'spread of each single synapse (log-sd 0.07)',
  'non-linearity of the 6-bit weight (0.5 LSB rms)',
  'input stage that saturates (tanh of the line voltage), hidden units and readouts',
  'write noise and crosstalk of the parameter memory, quadrant spreads, defects',
  'reset conductance and refractory time, each period off by up to a clock cycle',
  'membrane noise (Ornstein-Uhlenbeck, spread between circuits)',
  'spikes at interpolated times',
  'loop delay of 1.0 us with 0.1 us jitter from spike to synapse',
  'one event per 4 ns and neuron event output',
  '0.2 % of the events lost on the link to the chip, and of the spikes on the link back',
  'column converter: gain and offset of each channel, stuck channels, 1 LSB noise, 8 bits'
]
