// Pictures of views over synthetic data: `node test/renderer/harness/shots.mjs [--axe] [--figures] [--vision] [name…]`, into
// node_modules/.cache/shots. With --axe each view is also checked for accessibility; with --figures every picture must
// stand in a figure with its table, and each figure is saved through its menu (SVG, PNG, CSV); with --vision each picture
// is taken as people see it who lack a kind of cone, and without colour. A console error is a failure.
// Builds the harness, serves it on a local port, and drives a Chromium of the system.
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview } from 'vite'
import { shots } from './scenes.mjs'

const here = import.meta.dirname
const out = join(here, '../../../node_modules/.cache/shots')
mkdirSync(out, { recursive: true })
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path)
)
if (!executablePath) throw new Error('no Chromium: apt-get install chromium, or set CHROMIUM to one')

const configFile = join(here, 'vite.config.ts')
await build({ configFile, logLevel: 'warn' })
const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0 } })
const address = server.resolvedUrls.local[0]
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
let failed = false

const figures = process.argv.includes('--figures')
const vision = process.argv.includes('--vision')
const axe = process.argv.includes('--axe')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
for (const shot of shots.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))) {
  const { name, scene, theme, width, height, act } = shot
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') {
      failed = true
      console.error(`${name}: ${message.text()}`)
    }
  })
  page.on('pageerror', (error) => {
    failed = true
    console.error(`${name}: ${error.message}`)
  })
  await page.goto(`${address}?scene=${scene}&theme=${theme}`)
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
  await page.waitForTimeout(200)
  await act?.(page)
  await page.waitForTimeout(250)
  if (axe) {
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, impact, nodes } of violations) {
      failed = true
      console.error(
        `${name}: ${id} (${impact}), ${nodes.length} times, first ${nodes[0].target} ${nodes[0].failureSummary}`
      )
    }
  }
  if (figures) await saveFigures(page, name)
  await page.screenshot({ path: join(out, `${name}.png`) })
  if (vision) await otherEyes(page, name)
  console.log(name)
  await context.close()
}
await browser.close()
await server.close()
process.exitCode = failed ? 1 : 0

/** the browser's own simulation, of the whole picture */
async function otherEyes(page, name) {
  const session = await page.context().newCDPSession(page)
  for (const type of ['deuteranopia', 'protanopia', 'tritanopia', 'achromatopsia']) {
    await session.send('Emulation.setEmulatedVisionDeficiency', { type })
    await page.screenshot({ path: join(out, `${name}-${type}.png`) })
  }
}

async function saveFigures(page, name) {
  const loose = await page.evaluate(() =>
    [...document.querySelectorAll('canvas, svg.plot:not([aria-hidden], .legend)')]
      .filter((one) => one.getClientRects().length > 0 && !one.closest('.figure'))
      .map((one) => one.getAttribute('aria-label') ?? one.parentElement?.getAttribute('aria-label') ?? one.outerHTML)
  )
  for (const one of loose) {
    failed = true
    console.error(`${name}: not in a figure: ${one}`)
  }
  const tools = page.locator('.figure > .tools')
  for (let k = 0; k < (await tools.count()); k++) {
    const tool = tools.nth(k)
    const label = await tool.getAttribute('aria-label')
    const rows = await tool.evaluate((one) => one.parentElement.querySelectorAll(':scope > .hidden tbody tr').length)
    if (rows === 0) {
      failed = true
      console.error(`${name}: no rows beside ${label}`)
    }
    for (const [item, end] of [
      ['Save as SVG', 'svg'],
      ['Save as PNG', 'png'],
      ['Save data as CSV', 'csv']
    ]) {
      await tool.focus()
      await page.keyboard.press('Enter')
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 10_000 }),
        page.getByRole('menuitem', { name: item }).click()
      ])
      await download.saveAs(join(out, `${name}-figure-${k}.${end}`))
    }
    await page.mouse.move(0, 0)
  }
}
