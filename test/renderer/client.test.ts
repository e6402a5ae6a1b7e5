import { describe, expect, it } from 'vitest'
import { createClient } from '../../src-renderer/api/client'
import type { Bridge } from '../../src-main/contract/bridge'
import { InloopError } from '../../src-main/contract/errors'

function bridge(answer: unknown): Bridge {
  return { invoke: () => Promise.resolve(answer), subscribe: () => () => {} } as unknown as Bridge
}

describe('the client', () => {
  it('returns the value of an answer', async () => {
    await expect(createClient(bridge({ value: { chips: [] } })).call('chip.list', {})).resolves.toEqual({ chips: [] })
  })

  it('throws an error of the other side with its code', async () => {
    const client = createClient(bridge({ error: { code: 'not-found', message: 'there is no chip "x"' } }))
    const error = await client.call('chip.show', { chip: 'x' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InloopError)
    expect(error).toMatchObject({ code: 'not-found', message: 'there is no chip "x"' })
  })
})
