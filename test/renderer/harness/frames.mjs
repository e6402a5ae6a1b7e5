// How fluid the chip map is at 1, 4, 512 and 1024 neurons: `node test/renderer/harness/frames.mjs` prints the times of
// the frames (middle, 95th percentile) and of the script between them while a person drags a range in the distribution,
// drags over the map, and holds an arrow key. Over synthetic data in a Chromium of the system, at 1280 × 720.
import { chromium } from '@playwright/test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview } from 'vite'

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path)
)
if (!executablePath) throw new Error('no Chromium: apt-get install chromium, or set CHROMIUM to one')
const configFile = join(import.meta.dirname, 'vite.config.ts')
await build({ configFile, logLevel: 'error' })
const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0 } })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })

async function frames(page, act) {
  await page.evaluate(() => {
    const watch = (globalThis.watch = { last: performance.now(), times: [], on: true })
    const tick = (now) => {
      watch.times.push(now - watch.last)
      watch.last = now
      if (watch.on) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  const before = await page.metrics()
  await act()
  const after = await page.metrics()
  const times = await page.evaluate(() => {
    globalThis.watch.on = false
    return globalThis.watch.times.slice(2)
  })
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1)
  const work = ((after - before) / times.length) * 1000
  return `${at(0.5)} / ${at(0.95)} ms, work ${work.toFixed(1)} ms`
}

for (const [scene, neurons] of [
  ['one', 1],
  ['four', 4],
  ['bench', 512],
  ['large', 1024]
]) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  page.metrics = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value
  }
  await page.goto(`${server.resolvedUrls.local[0]}?scene=${scene}&theme=light`)
  await page.getByRole('button', { name: 'HX-07', exact: true }).click()
  const grid = page.getByRole('grid')
  await grid.waitFor()
  await page.waitForTimeout(800)
  const [plot, map] = [
    await page.getByRole('group', { name: /before and after/ }).boundingBox(),
    await grid.boundingBox()
  ]
  const drag = (box, y) => async () => {
    await page.mouse.move(box.x + 50, y)
    await page.mouse.down()
    for (let k = 0; k < 120; k++) await page.mouse.move(box.x + 50 + (k * (box.width - 80)) / 120, y + (k % 3))
    await page.mouse.up()
  }
  const brush = await frames(page, drag(plot, plot.y + plot.height / 2))
  await page.keyboard.press('Escape')
  const paint = await frames(page, drag(map, map.y + map.height * 0.6))
  await grid.focus()
  const keys = await frames(page, async () => {
    for (let k = 0; k < 60; k++) await page.keyboard.press('ArrowRight')
  })
  console.log(`${neurons} neurons: range ${brush}; over the map ${paint}; arrow key ${keys}`)
  await page.close()
}
await browser.close()
await server.close()
