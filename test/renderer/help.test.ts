/** The manual: every figure of a paper stands in one place with its source, and every section can be found. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../src-renderer/lib/text/equation'
import { TOPICS } from '../../src-renderer/lib/text/help'
import { FIGURES, WHENCE } from '../../src-renderer/lib/text/paper-figures'
import { PAPERS, wordsOf } from '../../src-renderer/lib/text/papers'

const CLI = readFileSync(path.resolve(import.meta.dirname, '../../resources/docs/cli.md'), 'utf8')

describe('the papers of the manual', () => {
  it('are all there, each with question, equation, what is here and what is not', () => {
    expect(PAPERS.map(({ id }) => id).sort()).toEqual(Object.keys(FIGURES).sort())
    expect(PAPERS).toHaveLength(8)
    for (const paper of PAPERS) {
      expect(paper.equations.length, paper.id).toBeGreaterThan(0)
      expect(paper.source, paper.id).toMatch(/arXiv \d{4}\.\d{5}/)
      for (const said of [paper.question, paper.method, paper.symbols, paper.here, paper.missing, paper.read])
        expect(said.length, paper.id).toBeGreaterThan(10)
    }
  })

  it('have figures in the one data file alone, and each says how it is known', () => {
    for (const { id, question, method, here, missing, symbols } of PAPERS) {
      const { settings, headline } = FIGURES[id]
      for (const { value, whence } of [...settings, ...headline]) {
        expect(Object.keys(WHENCE), id).toContain(whence)
        expect(value, id).toMatch(/\d/)
      }
      // indices of symbols, dates of experiments and names of chips are no figures
      const prose = [question, method, here, missing, symbols].join(' ').replace(/_\{?\d|BrainScaleS-\d/g, '')
      expect(prose, id).not.toMatch(/\d/)
    }
  })

  it('name commands that there are', () => {
    for (const { commands } of PAPERS)
      for (const command of commands) {
        const [, ...words] = command.split(' ')
        const known = [words.slice(0, 2).join(' '), words[0]].some((name) => CLI.includes(`\`${name}`))
        expect(known, command).toBe(true)
      }
  })

  it('are found by any of their words', () => {
    const having = (word: string): string[] => PAPERS.filter((one) => wordsOf(one).includes(word)).map(({ id }) => id)
    expect(having('Lambert')).toEqual(['goeltz'])
    expect(having('97.6 ± 0.1 %')).toEqual(['cramer'])
  })
})

it('the spreads of a chip are credited to those who published them', () => {
  const sources = TOPICS.find(({ id }) => id === 'chip')?.sources?.join(' ')
  expect(sources).toContain('cube 66')
  expect(sources).toContain('neuromorphic-bistability')
  expect(sources).not.toContain('Billaudelle')
})

it('every page under a chip, and what else is on the bench, has a section', () => {
  const ids = TOPICS.map(({ id }) => id)
  for (const id of [
    'scope',
    'crossbar',
    'synapses',
    'parts',
    'correlation',
    'robustness',
    'experiments',
    'references',
    'time'
  ])
    expect(ids).toContain(id)
  expect(new Set(ids).size).toBe(ids.length)
})

it('an equation is taken apart into what stands on, below and above the line', () => {
  expect(piecesOf('e^{t_i/τ_s} w_{ij}')).toEqual([
    { at: 'line', text: 'e' },
    { at: 'above', text: 't_i/τ_s' },
    { at: 'line', text: ' w' },
    { at: 'below', text: 'ij' }
  ])
  expect(piecesOf('a_+ x_max')).toEqual([
    { at: 'line', text: 'a' },
    { at: 'below', text: '+' },
    { at: 'line', text: ' x' },
    { at: 'below', text: 'max' }
  ])
})
