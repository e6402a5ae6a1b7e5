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
const YINYANG = 'Kriener et al., The Yin-Yang dataset, NICE 2022, arXiv 2102.08211'
/** whence the spreads of the two recipes of a chip are */
const CUBE =
  'Recipe A: the stored calibration of one chip ("cube 66") in the public repository fmi-basel/brainscales-2-surrogate-gradients'
const BISTABILITY =
  'Recipe B: distributions of 512 neurons before and after calibration, Priesemann-Group/neuromorphic-bistability'
const CALIX = 'The public calibration library calix of the Electronic Vision(s) group'

export const TOPICS: readonly Topic[] = [
  {
    id: 'chip',
    title: 'A chip is one frozen draw',
    text: [
      'No two circuits of an analog chip are the same. A chip of this bench is drawn once from its seed: every neuron, synapse driver and converter gets its own deviations, with the spreads that were published for BrainScaleS-2 or, where none was, spreads marked as assumed. The same seed gives the same chip on every machine, and mismatch scales all spreads: 1 as on silicon, 0 an ideal chip.',
      'Beside this fixed pattern there is noise that differs from trial to trial. The two come from separate streams, so that averaging removes the one and never the other.'
    ],
    sources: [CUBE, BISTABILITY]
  },
  {
    id: 'calibration',
    title: 'Calibration: one search a neuron',
    text: [
      'A calibration looks for the setting of each neuron that brings a measured quantity to its target. It sees the chip only through what a real one would show: writing codes, running programs, reading converters. Before means: the median code written to all neurons; after: each neuron with its own.',
      'The spread ratio compares the trimmed standard deviations after and before; a routine passes if it stays under its limit. Neurons that reach the end of their range are failed, named with the bound they hit, and get no unit of a network. Excluding one by hand needs a reason and can be undone.',
      'A calibration is never changed. Which one is active is a pointer; a chip that ages, warms up or gets other exclusions makes it stale, and runs say which calibration they used.'
    ],
    sources: [CALIX]
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
      'Accuracies come with the Wilson interval at 95 %: where the true share lies, given so many test samples. A spread over seeds or chips is another claim, and is shown as median with quartiles. sd is over neurons that neither failed nor were excluded; MAD is the median of deviations from the median.'
    ]
  },
  {
    id: 'time',
    title: 'Hardware time and biological time',
    text: [
      'The chip runs a thousand times faster than the neurons it stands for. The switch in the status bar chooses in which of the two all times are shown: in hardware time a membrane of 6 µs, in biological time the same one as 6 ms. Only what is shown changes: what is stored, reports and the command line stay hardware time, and every figure’s table names its unit.'
    ]
  },
  {
    id: 'scope',
    title: 'Scope',
    text: [
      'Under a chip, Scope records one neuron as an oscilloscope would: membrane or synaptic line, through the fast converter or the column converter, with a stimulus of your choice, and below it the spikes of all neurons in the same repetition. Events pass the crossbar on their way; what it drops is counted. Command: inloop scope hx-1 --neuron 3.'
    ]
  },
  {
    id: 'crossbar',
    title: 'Crossbar',
    text: [
      'Under a chip, Crossbar shows which of its nodes let events through. A node passes a label exactly if the label under its mask is its target. Nodes can be written by hand, noise sources switched on, and counters read what passed and what was dropped. Commands: inloop chip node, inloop chip noise.'
    ]
  },
  {
    id: 'synapses',
    title: 'Synapses',
    text: [
      'Under a chip, Synapses shows both arrays as a trained network or the oscilloscope filled them: weights, labels and the sign of each row. A network unit is a column of two joined circuits; the upper takes the excitatory rows, the lower the inhibitory ones, so that weights have a sign. Command: inloop runs synapses r-1.'
    ]
  },
  {
    id: 'parts',
    title: 'Parts',
    text: [
      'Under a chip, Parts shows what is not a neuron, as a calibration left it: gain and offset of the column converters, ramps and trims of the synapse drivers, synapses, correlation sensors. Commands: inloop chip converters hx-1, inloop calibration instances c-1.'
    ],
    sources: [CALIX]
  },
  {
    id: 'correlation',
    title: 'Correlation sensors',
    text: [
      'Each synapse holds two sensors: one grows with every spike of the neuron that follows an event of the synapse, the other where it came first, and both less the further apart the two are. Time constant and amplitude differ from synapse to synapse; two trims each bring them closer. They are read by the column converters and reset by command. The presets correlation and weekly calibrate them; curves against the delay stand on Parts.'
    ],
    sources: [CALIX]
  },
  {
    id: 'robustness',
    title: 'Mismatch and robustness',
    text: [
      'Four questions to a trained network: how it does with more spread, another temperature, fewer weight bits or dead units (What if, on its page, at once); how accuracy falls level by level and draw by draw (inloop robustness); on other chips than its own (inloop transfer); and on a chip that was set wrong on purpose (inloop calibrate --detune).',
      'A chip’s mismatch, chosen when it is drawn, scales every spread at once. Noise that differs from trial to trial is another matter: training can learn the one, and only average the other.'
    ],
    sources: [CRAMER]
  },
  {
    id: 'experiments',
    title: 'Experiments of the papers',
    text: [
      'An experiment is a declaration: runs, what is disturbed in them afterwards, and checks, each with the paper’s figure beside its own and the band that passes. Its runs are ordinary runs; those that are there already are not made again. inloop experiment list names them, inloop experiment cramer-2022 --quick tries one, and a report shows it with the paper’s plots and what each run was made of.'
    ]
  },
  {
    id: 'references',
    title: 'Reference networks',
    text: [
      'The method reference trains ordinary networks without spikes and without a chip, to say what a task gives away for free: with a hidden layer, with a frozen one, and with none. Command: inloop train reference --dataset yin-yang.'
    ],
    sources: [YINYANG]
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
