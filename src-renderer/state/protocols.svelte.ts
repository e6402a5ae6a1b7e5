/**
 * What a person does again and again, on a function key: a calibration or a training as a form asked for it. Kept with the
 * workspace; a key asks before anything starts.
 */
import type { Input } from '../../src-main/contract'
import type { Action } from '../lib/keys/keymap'
import { cli } from '../lib/text/cli'
import type { Preferences } from './preferences.svelte'
import type { Undo } from './undo.svelte'

export const SLOTS = ['1', '2', '3', '4'] as const
export type Slot = (typeof SLOTS)[number]

export const keyOfSlot = (slot: Slot): Action => `protocol${slot}`

/** `form` is what the form had, so that it can be opened there again */
export type Protocol =
  | { kind: 'calibrate'; input: Input<'calibrate'>; form: object }
  | { kind: 'train'; input: Input<'train'>; form: object }
type Kept = Partial<Record<Slot, Protocol>>

const KEY = 'protocols'
const FORMS = { calibrate: 'calibrate.form', train: 'train.form' } as const

export class Protocols {
  /** whose question is open */
  asked = $state<Slot | null>(null)
  readonly #kept = $derived.by(() => this.preferences.get<Kept>(KEY, {}))

  constructor(
    private readonly preferences: Preferences,
    private readonly undo: Undo
  ) {}

  of(slot: Slot): Protocol | null {
    const kept = this.#kept[slot]
    const known = kept?.kind === 'calibrate' || kept?.kind === 'train'
    return known && typeof kept.input === 'object' ? kept : null
  }

  /** what the form asks for now, under this key from now on */
  save(slot: Slot, kind: 'calibrate', input: Input<'calibrate'>): void
  save(slot: Slot, kind: 'train', input: Input<'train'>): void
  save(slot: Slot, kind: Protocol['kind'], input: Protocol['input']): void {
    const form = this.preferences.get<object>(FORMS[kind], {})
    this.#assign(slot, { kind, input, form } as Protocol)
  }

  clear(slot: Slot): void {
    this.#assign(slot, null)
  }

  /** puts it into its form, ready to be changed */
  open({ kind, form }: Protocol, chip: string): void {
    const [was, to] = [this.preferences.get<object>(FORMS[kind], {}), { ...form, chip }]
    const set = (kept: object) => async () => this.preferences.set(FORMS[kind], kept)
    void set(to)()
    this.undo.push('form from a protocol', set(was), set(to))
  }

  #assign(slot: Slot, to: Protocol | null): void {
    const [was, label] = [this.of(slot), `protocol ${slot}`]
    const set = (protocol: Protocol | null): void => {
      const { [slot]: _old, ...others } = this.#kept
      this.preferences.set(KEY, protocol ? { ...others, [slot]: protocol } : others)
    }
    set(to)
    this.undo.push(
      label,
      async () => set(was),
      async () => set(to)
    )
  }
}

/** the same on another chip */
export function onChip(protocol: Protocol, chip: string): Protocol {
  if (protocol.kind === 'calibrate') return { ...protocol, input: { ...protocol.input, chip } }
  const { calibration = 'active', ...input } = protocol.input
  // a version belongs to one chip
  const own = chip === (protocol.input.chip ?? 'ideal') || calibration === 'none' ? calibration : 'active'
  return { ...protocol, input: { ...input, chip, ...(chip === 'ideal' ? {} : { calibration: own }) } }
}

export function chipOf({ input }: Protocol): string {
  return input.chip ?? 'ideal'
}

/** in a few words, without its chip */
export function nameOf({ kind, input }: Protocol): string {
  if (kind === 'train') return `Train ${input.method} on ${input.dataset ?? 'mnist16'}, ${input.epochs ?? 30} epochs`
  const what = input.routines ? input.routines.join(', ') : (input.preset ?? 'all of the usual preset')
  const targets = Object.keys(input.targets ?? {}).length
  return `Calibrate: ${what}${targets > 0 ? `, ${targets} ${targets === 1 ? 'target' : 'targets'} changed` : ''}`
}

export function commandOf(protocol: Protocol, chip: string): string {
  const asked = onChip(protocol, chip)
  return asked.kind === 'calibrate' ? cli.calibrate(asked.input) : cli.train(asked.input)
}
