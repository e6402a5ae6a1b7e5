/** The what-if of a run: what is asked when, and what is compared with what. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '../../src-renderer/api/client'
import { AT_ONCE, WhatIf } from '../../src-renderer/state/what-if.svelte'

interface Asked {
  input: { run: string; samples: number; dead?: number }
  answer: (epoch: number, testAccuracy: number, n?: number) => Promise<void>
  refuse: (why: string) => Promise<void>
}
let asked: Asked[]
let whatIf: WhatIf
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const newest = (): Asked => asked[asked.length - 1]

beforeEach(() => {
  asked = []
  const call = (_name: string, input: Asked['input']): Promise<unknown> =>
    new Promise((resolve, reject) => {
      asked.push({
        input,
        answer: (epoch, testAccuracy, n = input.samples) => {
          resolve({ reading: { epoch, testAccuracy, n, of: AT_ONCE, hiddenSpikesPerSample: 1 } })
          return settled()
        },
        refuse: (why) => {
          reject(new Error(why))
          return settled()
        }
      })
    })
  whatIf = new WhatIf({ call } as unknown as Client)
})

describe('the what-if', () => {
  it('reads the run that was gone to while the one before still answered, or refused', async () => {
    for (const late of ['answer', 'refuse'] as const) {
      const [from, to] = [`r-3 ${late}`, `r-1 ${late}`]
      void whatIf.open(from)
      void whatIf.open(to)
      const first = asked.find(({ input }) => input.run === from)
      await (late === 'answer' ? first?.answer(5, 0.5) : first?.refuse('gone'))
      expect(newest().input.run).toBe(to)
      await newest().answer(2, 0.9)
      expect([whatIf.reading?.testAccuracy, whatIf.error]).toEqual([0.9, null])
    }
  })

  it('compares with the same epoch on the same samples, and follows when another has ended', async () => {
    void whatIf.open('r-1')
    await newest().answer(3, 0.8)
    expect(whatIf.usual.get(AT_ONCE)).toMatchObject({ epoch: 3, testAccuracy: 0.8 })
    whatIf.set('dead', 9)
    await newest().answer(3, 0.7)
    const before = asked.length
    whatIf.newer('r-1', 3)
    whatIf.newer('r-2', 9)
    expect(asked).toHaveLength(before)
    whatIf.newer('r-1', 4)
    expect(newest().input).toMatchObject({ run: 'r-1', dead: 9 })
    await newest().answer(4, 0.75)
    expect(whatIf.usual.size).toBe(0)
    // the same weights unchanged
    expect(newest().input).toEqual({ run: 'r-1', samples: AT_ONCE })
    await newest().answer(4, 0.85)
    expect(whatIf.reading).toMatchObject({ epoch: 4, testAccuracy: 0.75 })
    expect(whatIf.usual.get(AT_ONCE)).toMatchObject({ epoch: 4, testAccuracy: 0.85 })
  })

  it('shows a few samples first where many take long, and more at once where they do not', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
    void whatIf.open('r-1')
    clock.mockReturnValue(300)
    await newest().answer(3, 0.8)
    whatIf.set('dead', 1)
    const few = newest().input.samples
    expect(few).toBeLessThan(AT_ONCE)
    clock.mockReturnValue(360)
    await newest().answer(3, 0.7)
    expect([whatIf.reading?.n, whatIf.took]).toEqual([few, 60])
    expect(newest().input.samples).toBe(AT_ONCE)
    clock.mockReturnValue(500)
    await newest().answer(3, 0.71)
    expect([whatIf.reading?.n, whatIf.took]).toEqual([AT_ONCE, 60])
    expect(whatIf.trail?.points).toEqual([{ x: 1, y: 71 }])
    // as many of the weights as they are, to compare with
    expect(newest().input).toEqual({ run: 'r-1', samples: few })
    await newest().answer(3, 0.82)
    expect(whatIf.usual.get(few)?.testAccuracy).toBe(0.82)
    whatIf.set('dead', 2)
    expect(newest().input.samples).toBe(few)
    clock.mockRestore()
  })
})
