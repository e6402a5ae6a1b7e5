/**
 * A report of each kind, opened as whoever is sent it would open it: one file, no script, no address outside, and no
 * finding of axe in light and dark.
 */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './bench'
import { done, fill, invoke } from './small-bench'

const MINUTE = 60_000
const KINDS = {
  run: ['r-1'],
  comparison: ['r-1', 'r-2'],
  chip: ['HX-01'],
  calibration: ['c-1'],
  'two chips': ['HX-01', 'HX-02'],
  experiment: ['yin-yang']
}

test('every kind of report is whole, asks nobody, and is read by those who do not see it', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const { page, app } = bench
  await fill(page)
  await invoke(page, 'experiment', { name: 'yin-yang', quick: true })
  await done(page)
  const opening = app.waitForEvent('window')
  await app.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, width: 1280, height: 720 })
    void window.loadURL('about:blank')
  })
  const reader = await opening
  for (const [kind, subjects] of Object.entries(KINDS)) {
    const { text } = (await invoke(page, 'report.document', { subjects })) as unknown as { text: string }
    expect(text, kind).not.toMatch(/<script|https?:|url\(|@import|\ssrc=/)
    expect(text.length, kind).toBeLessThan(2_000_000)
    await reader.setContent(text)
    await reader.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
    for (const colorScheme of ['light', 'dark'] as const) {
      await reader.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page: reader }).setLegacyMode(true).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)
      expect(found, `${kind}, ${colorScheme}`).toEqual([])
    }
  }
})
