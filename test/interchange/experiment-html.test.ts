import { describe, expect, it } from 'vitest'
import { experimentHtml } from '../../src-main/interchange/experiment-html'

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
    const page = experimentHtml({ experiment, job: 'j-1', finishedAt: null, runs: [] })
    expect(page).toContain('Error against the spread')
    expect(page).toContain('spread, % 50')
    expect(page).toContain('learnt &lt;with&gt; it')
  })
})
