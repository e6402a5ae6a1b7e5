/** What the manual in the window says: the background of what the bench does, with the papers it comes from. */
export interface Topic {
  id: string
  title: string
  text: readonly string[]
  sources?: readonly string[]
}

const CRAMER =
  'Cramer, Billaudelle et al., Surrogate gradients for analog neuromorphic computing, PNAS 119 (2022) e2109194119'
const SCHMITT = 'Schmitt et al., Neuromorphic hardware in the loop, IJCNN 2017, arXiv 1703.01909'
const GOELTZ =
  'Göltz, Kriener et al., Fast and energy-efficient neuromorphic deep learning with first-spike times, Nat. Mach. Intell. 3 (2021) 823'
const DELGRAD = 'Göltz, Weber, Kriener et al., DelGrad, Nat. Commun. 16 (2025) 8245'
const YINYANG = 'Kriener et al., The Yin-Yang dataset, NICE 2022, arXiv 2102.08211'
const VERSATILE =
  'Billaudelle et al., Versatile emulation of spiking neural networks on an accelerated neuromorphic substrate, ISCAS 2020'

export const TOPICS: readonly Topic[] = [
  {
    id: 'chip',
    title: 'A chip is one frozen draw',
    text: [
      'No two circuits of an analog chip are the same. A chip of this bench is drawn once from its seed: every neuron, synapse driver and converter gets its own deviations, with the spreads that were published for BrainScaleS-2 or, where none was, spreads marked as assumed. The same seed gives the same chip on every machine, and mismatch scales all spreads: 1 as on silicon, 0 an ideal chip.',
      'Beside this fixed pattern there is noise that differs from trial to trial. The two come from separate streams, so that averaging removes the one and never the other.'
    ],
    sources: [VERSATILE]
  },
  {
    id: 'calibration',
    title: 'Calibration: one search a neuron',
    text: [
      'A calibration looks for the setting of each neuron that brings a measured quantity to its target. It sees the chip only through what a real one would show: writing codes, running programs, reading converters. Before means: the median code written to all neurons; after: each neuron with its own.',
      'The spread ratio compares the trimmed standard deviations after and before; a routine passes if it stays under its limit. Neurons that reach the end of their range are failed, named with the bound they hit, and get no unit of a network. Excluding one by hand needs a reason and can be undone.',
      'A calibration is never changed. Which one is active is a pointer; a chip that ages, warms up or gets other exclusions makes it stale, and runs say which calibration they used.'
    ],
    sources: ['The public calibration library calix of the Electronic Vision(s) group']
  },
  {
    id: 'loop',
    title: 'Training with the chip in the loop',
    text: [
      'The forward pass runs on the chip, with all its faults; the backward pass uses an ideal model in the host, in which the membranes and spikes that were recorded stand in place of the computed ones. So the gradient is taken where the chip really is, and training learns around its faults. Weights copied from software do not know them: that is the gap the loop closes.',
      'A spike has no derivative, so surrogate gradients put a smooth function of the membrane in its place.'
    ],
    sources: [SCHMITT, CRAMER]
  },
  {
    id: 'first-spike',
    title: 'First-spike times',
    text: [
      'A network can answer with whichever output fires first. For equal time constants, or one twice the other, the time of that spike is a closed formula of input times and weights, and has exact derivatives. On a chip the recorded times stand in these derivatives.'
    ],
    sources: [GOELTZ]
  },
  {
    id: 'delgrad',
    title: 'Learning delays',
    text: [
      'If spikes may also be delayed by learnable times, the same exact derivatives tell how. DelGrad trains delays beside weights; networks of the same size get better, or smaller ones get as good.'
    ],
    sources: [DELGRAD]
  },
  {
    id: 'data',
    title: 'Data sets',
    text: [
      'MNIST is taken at 16 × 16 pixels because a chip has 256 inputs; brighter pixels spike earlier. Yin-Yang is a small task with a known gap between linear and deeper networks. Sets of your own are checked and copied into the workspace; their hash stands in every run.'
    ],
    sources: [CRAMER, YINYANG]
  },
  {
    id: 'numbers',
    title: 'How to read the numbers',
    text: [
      'Accuracies come with the Wilson interval at 95 %: where the true share lies, given so many test samples. A spread over seeds or chips is another claim, and is shown as median with quartiles. sd is over neurons that neither failed nor were excluded; MAD is the median of deviations from the median.',
      'Times are hardware time: the chip runs a thousand times faster than biology, so 6 µs stand for 6 ms. The foot switches what is shown to biological time; what is typed stays hardware time, and says so.'
    ]
  },
  {
    id: 'filter',
    title: 'Looking for runs',
    text: [
      'Words are looked for anywhere; field:part in one column. Numbers and times compare: accuracy>=96%, took<5s, started>2026-11-20. Side by side means AND; OR, NOT, a minus in front and brackets do what they say: chip:HX-07 (star:yes OR tag:night) -status:failed. Settings are config.KEY.',
      'Many… acts on all that the filter keeps: star, tag, trash, export. Everything but emptying the trash can be taken back with Ctrl Z.',
      'More, beside a run, runs its record again and compares every epoch and every weight to the bit, or exports it as one zip file with weights and calibration; Import… reads such a file and overwrites nothing.'
    ]
  },
  {
    id: 'keep',
    title: 'What is kept, and where',
    text: [
      'One database in one folder: the workspace. A run cannot be recorded without its settings, seeds, data hash, chip, calibration and versions, and all of that is there before work starts. Settings shows how large the workspace is and what of it can go; another workspace is opened there too.',
      'Closing the window while jobs run asks whether they shall go on without it. Whatever is interrupted keeps what is done and can be resumed.',
      'All the window does, the command line does: the foot copies the command for what is shown. The page SQL asks the database anything, and cannot change it.'
    ]
  }
]
