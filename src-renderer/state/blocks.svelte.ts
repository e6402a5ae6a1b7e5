/** What a chip's blocks are set to, and which block, crossbar node or synapse is looked at. */
import type { Input } from '../../src-main/contract'
import type { Client } from '../api/client'
import type { ChipState, SynapseArrays } from '../api/types'
import { BLOCKS, type Block } from '../lib/chip/blocks'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

/** a noise source as the command takes it */
export function sourceInput(chip: string, { on, ...rest }: ChipState['sources'][number]): Input<'chip.noise'> {
  return { chip, ...rest, off: !on }
}

export class Blocks {
  readonly state = new Resource<ChipState>()
  readonly synapses = new Resource<SynapseArrays>()
  /** the crossbar node and the synapse that are read */
  readonly node = $derived.by(() => this.preferences.get('crossbar.node', { input: 8, output: 0 }))
  readonly cell = $derived.by(() => this.preferences.get('synapses.cell', { row: 0, neuron: 0 }))

  readonly chosen = $derived.by<Block>(() => {
    const kept = this.preferences.get('block', 'neurons-0')
    return BLOCKS.find(({ id }) => id === kept) ?? BLOCKS[0]
  })

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  choose(id: string): void {
    this.preferences.set('block', id)
  }

  chooseNode({ input, output }: { input: number; output: number }): void {
    this.preferences.set('crossbar.node', { input, output })
  }

  chooseCell({ row, neuron }: { row: number; neuron: number }): void {
    this.preferences.set('synapses.cell', { row, neuron })
  }

  async read(chip: string, calibration: string | null): Promise<void> {
    const input = { chip, ...(calibration === null ? {} : { calibration }) }
    await this.state.load(async () => (await this.client.call('chip.state', input)).state)
  }

  /** writes a crossbar node, or gives it back to the oscilloscope */
  async writeNode(input: Input<'chip.node'>): Promise<void> {
    const { nodes } = await this.client.call('chip.node', input)
    if (this.state.value) this.state.value = { ...this.state.value, nodes }
  }

  /** switches a noise source */
  async writeSource(chip: string, source: ChipState['sources'][number]): Promise<void> {
    const { sources } = await this.client.call('chip.noise', sourceInput(chip, source))
    if (this.state.value) this.state.value = { ...this.state.value, sources }
  }

  /** null: nothing is shown but what the oscilloscope set */
  async readSynapses(run: string | null): Promise<void> {
    if (run === null) this.synapses.clear()
    else await this.synapses.load(async () => (await this.client.call('runs.synapses', { run })).synapses)
  }
}
