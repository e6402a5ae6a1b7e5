/**
 * The papers behind the bench, as the manual tells them: question, method in words, central equations with their symbols,
 * what there is of it here and how it is run, and what is not built. Their figures stand in `paper-figures.ts`.
 */
import { FIGURES, WHENCE } from './paper-figures'

export interface Paper {
  id: keyof typeof FIGURES
  title: string
  source: string
  /** how much of it could be read */
  read: string
  question: string
  method: string
  /** as plain text; _x and _{…} are set below, ^x and ^{…} above the line */
  equations: readonly string[]
  symbols: string
  /** what Inloop has of it, and where */
  here: string
  commands: readonly string[]
  missing: string
}

export const PAPERS: readonly Paper[] = [
  {
    id: 'cramer',
    title: 'Surrogate gradients in the loop',
    source: 'Cramer, Billaudelle et al., PNAS 119 (2022) e2109194119, arXiv 2006.07239',
    read: 'The paper was read, and its public code',
    question: 'Can a spiking network learn on an analog chip as well as in software, though no two neurons are alike?',
    method:
      'The forward pass runs on the chip. The backward pass uses an ideal model in the host, in which measured membranes and spikes stand in place of the computed ones; a spike, which has no derivative, is given that of a smooth function of the membrane.',
    equations: [
      'I_j[t+1] = α I_j[t] + Σ_i W_{ij} S_i[t],   V_j[t+1] = β V_j[t] + I_j[t+1]',
      '∂S/∂V = 1 / (β_s |V − ϑ| + 1)^2'
    ],
    symbols:
      'I synaptic current, V membrane (leak and threshold are the ends of its unit), S spikes, W weights; α and β are the decays of synapse and membrane in one time step, ϑ the threshold, β_s the steepness. V[t] is the measured one.',
    here: 'The method surrogate, on ideal dynamics and on a calibrated chip; the experiment has the loop, the chip set wrong on purpose, sparse spikes and silenced units. Recorded spikes (SHD) train a recurrent network where the file is there.',
    commands: [
      'inloop train surrogate --dataset mnist16 --chip hx-1 --epochs 30 --seed 1',
      'inloop robustness r-1 --vary silenced=0,0.15,0.3',
      'inloop experiment cramer-2022'
    ],
    missing: 'Power is not measured: energies use an assumed power of the chip, and say so.'
  },
  {
    id: 'goeltz',
    title: 'Fast and deep: first-spike times',
    source: 'Göltz, Kriener et al., Nat. Mach. Intell. 3 (2021) 823, arXiv 1912.11443',
    read: 'The abstract, the authors’ public code and their result files were read',
    question: 'Can a network be trained exactly if all that counts is when its neurons fire first?',
    method:
      'For equal time constants, or a membrane twice as slow as its synapses, the time of the first spike is a closed formula of input times and weights, with exact derivatives. On a chip recorded times stand in these derivatives. The class is the output that fires first.',
    equations: [
      'T = τ_s ( b/a_1 − W_0(z) ),   z = −(Θ/a_1) e^{b/a_1}',
      '∂T/∂w_i = − e^{t_i/τ_s} (T − t_i) / ( a_1 (1 + W_0(z)) )'
    ],
    symbols:
      'T time of the first spike, t_i input times, w_i weights, a_1 = Σ w_i e^{t_i/τ_s} and b = Σ w_i (t_i/τ_s) e^{t_i/τ_s} over the inputs before T, Θ the threshold times the leak conductance, W_0 the Lambert function, τ_s = τ_m.',
    here: 'The method first-spike for both ratios of time constants, on ideal dynamics and on a chip with strong synapses (preset first-spike). The run’s page shows the times over the Yin-Yang disc.',
    commands: [
      'inloop train first-spike --dataset yin-yang --chip ideal --seed 1',
      'inloop calibrate hx-1 --preset first-spike',
      'inloop experiment goeltz-2021'
    ],
    missing: 'The sweeps of single imperfections in simulation (weight range, jitter) are no experiment of their own.'
  },
  {
    id: 'delgrad',
    title: 'DelGrad: learning delays',
    source: 'Göltz, Weber, Kriener et al., Nat. Commun. 16 (2025) 8245, arXiv 2404.19165',
    read: 'The abstract, the authors’ public code and their result files were read',
    question: 'What is gained if spikes are also delayed by times that are learnt?',
    method:
      'A delay layer shifts spike times between layers: by one delay a source (axonal), a target (dendritic) or a synapse. The derivative of a first-spike time with respect to its inputs is the derivative for the delays too, so both are learnt from spike times alone. On the chip delays are circuits, and the recorded times of delayed spikes are what counts.',
    equations: ['t_{ij} = t_i + d_{ij},   ∂L/∂d_{ij} = δ_j G_{ij}', '∂L/∂d_i = Σ_j δ_j G_{ij},   Σ_i G_{ij} = 1'],
    symbols:
      'd delays, T_j spike time of neuron j, δ_j = ∂L/∂T_j, G_{ij} = ∂T_j/∂t_{ij} at the arrival times; the second line has axonal delays, and says that a shift of all inputs shifts the output.',
    here: 'The method delgrad with all kinds of delays, the published noise model of the chip, and delay units on an emulated chip that are measured before they are used. The run’s page and its report have the delays that were learnt.',
    commands: [
      'inloop train delgrad --dataset yin-yang --chip ideal --set delays=axonal --seed 1',
      'inloop experiment delgrad-2025'
    ],
    missing:
      'Data sets other than the paper’s (Yin-Yang) can be trained, and there is nothing published to compare them with.'
  },
  {
    id: 'yinyang',
    title: 'The Yin-Yang data set',
    source: 'Kriener, Göltz, Petrovici, NICE 2022, arXiv 2102.08211',
    read: 'The authors’ code and notebooks were read',
    question: 'Which small task tells a network that learns in depth from one that does not?',
    method:
      'Points of a disc in three classes: the two halves of the Yin-Yang sign and its dots. It is learnt in minutes, and a network without trained hidden units stays clearly behind.',
    equations: ['x = (x, y, 1 − x, 1 − y)'],
    symbols:
      'x and y are the place in the unit square; each point is given twice, so that no input is silent for being small.',
    here: 'The data set to the bit, the reference networks of the paper (method reference), and the disc on every run’s page.',
    commands: ['inloop train reference --dataset yin-yang --set network=ann --seed 1', 'inloop experiment yin-yang'],
    missing: 'Nothing that the paper has.'
  },
  {
    id: 'schmitt',
    title: 'Hardware in the loop on a wafer',
    source: 'Schmitt et al., IJCNN 2017, arXiv 1703.01909',
    read: 'The abstract was read; details of the method are from memory',
    question: 'Can training with the hardware in the loop win back what is lost when a trained network is moved to it?',
    method:
      'An ordinary network is trained in software and its weights are rounded to the chip’s. Then spike counts are recorded on the chip, stand as rates in place of the activations, and the error is propagated back through the software’s weights. An update need only roughly follow the true gradient.',
    equations: ['ΔW = −η ∂L/∂W,   a_l := a_l^{HW}'],
    symbols:
      'W weights in software, η learning rate, L loss, a_l activation of layer l, a_l^{HW} the recorded rates of the chip.',
    here: 'The idea (measured values in the backward pass) is that of every method on a chip here. Copying software’s weights to a chip and learning on, the paper’s two steps, can be done with surrogate gradients.',
    commands: [
      'inloop evaluate r-1 --chip hx-1',
      'inloop train surrogate --dataset mnist16 --chip hx-1 --epochs 30 --seed 1'
    ],
    missing: 'Not built: the wafer (BrainScaleS-1), its chips, and the conversion of rate networks.'
  },
  {
    id: 'buechel',
    title: 'Robust networks for mixed-signal chips',
    source: 'Büchel et al., Sci. Rep. 11 (2021) 23376, arXiv 2102.06408',
    read: 'The abstract, the authors’ public code and their result files were read',
    question: 'Can a network be made so that it needs no training on each chip?',
    method:
      'A balanced spiking network learns to follow a rate network that was trained before. A control current drives the error down while the slow weights learn to do without it (ADS). Redundant coding absorbs spread, noise and the death of neurons.',
    equations: ['e = y − x̂,   I_k = k W_{in}^T e', 'ΔΩ_{ij} = η r_i (W_{in}^T e)_j'],
    symbols:
      'y target of the teacher, x̂ what the network’s filtered spikes r stand for, Ω slow weights, W_{in} input weights, k gain of the control, η learning rate.',
    here: 'Its questions can be asked of the methods there are: spread, silenced units, weight bits and temperature on a trained network (What if on a run’s page, robustness, transfer to other chips).',
    commands: [
      'inloop robustness r-1 --vary spread=0,0.1,0.2',
      'inloop runs what-if r-1 --bits 4 --dead 40',
      'inloop transfer r-1'
    ],
    missing:
      'Not built: the learning rule (ADS), its baselines, temporal XOR, the wake phrase and a DYNAP-SE-like chip.'
  },
  {
    id: 'friedmann',
    title: 'Hybrid learning with a plasticity processor',
    source: 'Friedmann et al., IEEE TBioCAS 11 (2017) 128, arXiv 1604.05080',
    read: 'The abstract was read; the rule is that of public code for the first prototype',
    question: 'Can learning rules be programs, and still see each synapse’s own timing?',
    method:
      'Every synapse measures with analog sensors how its pre- and postsynaptic spikes follow each other. A processor on the chip reads these sensors in parallel and computes new weights by a program.',
    equations: [
      'a_+ ← a_+ + η_+ e^{−(t_post − t_pre)/τ_+}',
      'w ← w + A λ (w_max − w) for A > 0,   w ← w + A λ α w for A < 0'
    ],
    symbols:
      'a_+ causal sensor (the acausal one has the times the other way round), τ_+ and η_+ its time constant and amplitude; A the difference of both readings beyond a dead zone, λ rate, α asymmetry, w_max the largest weight.',
    here: 'The correlation sensors of every synapse with their spread, read through the converters, and their calibration by trims (presets correlation and weekly); curves and maps stand on the Parts page.',
    commands: ['inloop calibrate hx-1 --preset correlation', 'inloop calibration instances c-1 --per synapse'],
    missing: 'Not built: the plasticity processor and its learning rules (multiplicative STDP, reward).'
  },
  {
    id: 'versatile',
    title: 'Versatile emulation on BrainScaleS-2',
    source: 'Billaudelle et al., ISCAS 2020, arXiv 1912.12980',
    read: 'Only the abstract was read',
    question: 'What can one accelerated analog chip with plasticity processors be used for?',
    method:
      'First results of the chip in experiments that stress different sides of it. Which ones the abstract does not say; from sibling papers: sampling, first spikes, structural plasticity, Pong with reward, and the homing of insects.',
    equations: ['ΔW_{ij} = β (R − R̄) c_{ij}'],
    symbols:
      'of Pong, as in the authors’ code: W weights, R reward, R̄ its running mean, c causal correlation, β the learning rate.',
    here: 'First-spike classification (its precursor became the paper above). The chip itself: neurons, synapses, drivers, router, noise sources, correlation sensors.',
    commands: ['inloop chip new --seed 1', 'inloop train first-spike --dataset mnist16 --chip hx-1 --seed 1'],
    missing: 'Not built: sampling, structural plasticity, Pong, the homing of insects.'
  }
]

/** all that the manual says of it, for whoever looks for a word */
export function wordsOf({ id, commands, equations, ...said }: Paper): string {
  const { settings, headline } = FIGURES[id]
  const figures = [...settings, ...headline].map(({ what, value, whence }) => `${what} ${value} ${WHENCE[whence]}`)
  return [...Object.values(said), ...commands, ...equations, ...figures].join(' ')
}
