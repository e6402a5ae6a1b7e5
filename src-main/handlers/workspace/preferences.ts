/** What a workspace remembers of the window: checked where it enters, by whoever sets it. */
import { z } from 'zod'
import { InloopError } from '../../contract/errors'
import { PREFERENCES, type PreferenceKey, type preferences as endpoints } from '../../contract/preferences'
import type { Store } from '../../store/index'
import type { Context, Handlers } from '../context'
import { explain } from '../errors'
import { referenceOf } from '../runs/reference'

export const preferences: Handlers<keyof typeof endpoints> = {
  'preferences.get': (_input, { store }) => ({ preferences: store.preferences.all() }),
  'preferences.set': ({ key, value }, context) => {
    keep(context, key, value)
    return { preferences: context.store.preferences.all() }
  },
  'runs.reference': ({ run }, context) => {
    if (run !== undefined) keep(context, 'golden', run === 'none' ? '' : run)
    return { reference: referenceOf(context.store) }
  }
}

function keep({ store, emit }: Context, key: PreferenceKey, value: unknown): void {
  store.preferences.set(key, value === null ? undefined : checked(store, key, value))
  emit('changed', { what: 'preferences' })
}

/** @throws InloopError with what was given and what is allowed */
function checked(store: Store, key: PreferenceKey, value: unknown): unknown {
  const given = { [key]: value }
  const read = z.object({ [key]: PREFERENCES[key].value }).safeParse(given)
  if (!read.success) throw new InloopError('bad-input', explain(read.error, given))
  const kept = read.data[key]
  if (key === 'golden' && kept !== '') refuseGone(store, String(kept))
  // as it was given: defaults of what it holds are nobody's choice
  return typeof kept === 'boolean' ? kept : value
}

function refuseGone(store: Store, id: string): void {
  if (store.runs.summary(id).deleted)
    throw new InloopError('bad-input', `run: ${id} is in the trash; allowed: a run of the list, or none`)
}
