/** What settings come to that are left open, and that a method refuses to learn at no rate. */
import { describe, expect, it } from 'vitest'
import { METHODS, methodNamed } from '../../src-main/compute/methods'
import { dataSet } from '../../src-main/core/datasets/catalog'

const of = (method: string, set: string, onChip: boolean, given = {}): Record<string, unknown> => {
  const found = methodNamed(method)
  const data = dataSet(set)
  return found.usual(found.resolve(given, data), data, onChip)
}

describe('settings that are left open', () => {
  it("come to the papers' values for the task: fastAndDeep v1.0.0 and DelGrad's configurations", () => {
    expect(of('first-spike', 'yin-yang', false)).toMatchObject({ learningRate: 0.005, biasTime: 0.9, copies: 1 })
    expect(of('first-spike', 'yin-yang', true)).toMatchObject({ learningRate: 0.002, copies: 5 })
    expect(of('first-spike', 'mnist16', false)).toMatchObject({ learningRate: 0.003, biasTime: -1 })
    expect(of('delgrad', 'yin-yang', false)).toMatchObject({ learningRate: 0.01, delayRate: 0.003 })
    expect(of('delgrad', 'yin-yang', false, { delays: 'none' })).toMatchObject({ learningRate: 0.02 })
  })

  it('are all there, each within what the method allows', () => {
    for (const name of ['first-spike', 'delgrad']) {
      const open = methodNamed(name).settings.filter((setting) => setting.default === null)
      for (const onChip of [false, true]) {
        const values = of(name, 'yin-yang', onChip)
        expect(Object.keys(values).sort()).toEqual(open.map(({ key }) => key).sort())
        expect(() => methodNamed(name).resolve(values as never)).not.toThrow()
      }
    }
  })

  it.each(METHODS.map(({ name }) => name))('%s does not learn at a rate of 0', (name) => {
    expect(() => methodNamed(name).resolve({ learningRate: 0 })).toThrow(
      /'learningRate' is 0; allowed is a number from/
    )
  })
})
