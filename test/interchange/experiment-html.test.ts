import { describe, expect, it } from 'vitest'
import { bandText, experimentHtml, type ExperimentReport } from '../../src-main/interchange/experiment-html'
import { experimentMarkdown } from '../../src-main/interchange/experiment-markdown'

const around = { job: 'j-1', finishedAt: null, command: 'inloop experiment x' }

it('no share of test samples is above 100 %', () => {
  expect(bandText([93.1, 102.1], 'hidden weights frozen, test %')).toBe('93.1 to 100')
  expect(bandText([0.5, 130], 'times the error')).toBe('0.5 to 130')
})

describe("an experiment's report as Markdown", () => {
  it('has each figure with its seeds, its median and the command that makes it', () => {
    const about = { name: 'x', title: 'X', paper: 'P', quick: false, seeds: 3, passed: false }
    const checks = [{ name: 'a | b', value: 90.25, paper: null, band: [91, null], passed: false }]
    const runs = [0.9, 0.95, 0.85].map((testAccuracy, k) => ({
      key: 'W',
      seed: k + 1,
      run: `r-${k + 1}`,
      testAccuracy
    }))
    const experiment = { ...about, figures: {}, plots: [], checks, runs }
    const made = [{ run: { id: 'r-1', provenance: {} }, command: 'inloop train delgrad --seed 1' }]
    const text = experimentMarkdown({ ...around, experiment, runs: made as unknown as ExperimentReport['runs'] })
    expect(text).toContain('`npx inloop experiment x`')
    expect(text).toContain('| a \\| b | 90.25 | – | at least 91 | **no** |')
    expect(text).toContain('| W | 3 | 90 | 85 | 95 | 90 95 85 |')
    expect(text).toContain('```\ninloop train delgrad --seed 1\n```')
  })
})

describe("an experiment's report", () => {
  it("draws the paper's plots, with what their axes are", () => {
    const points = [
      { x: 0, y: 2.6 },
      { x: 50, y: 3.1 }
    ]
    const lines = [{ label: 'learnt <with> it', points }]
    const plot = { title: 'Error against the spread', along: 'spread, %', unit: '% wrong', lines }
    const about = { name: 'x', title: 'X', paper: 'P', quick: false, seeds: 1, checks: [], passed: true }
    const experiment = { ...about, figures: {}, plots: [plot], runs: [] }
    const page = experimentHtml({ ...around, experiment, runs: [] })
    expect(page).toContain('Error against the spread')
    expect(page).toContain('>spread, %</text>')
    // the axis has round numbers, and ends where the points do
    expect(page).toMatch(/>0<\/text>.*>50<\/text>/s)
    expect(page).toContain('learnt &lt;with&gt; it')
  })
})
