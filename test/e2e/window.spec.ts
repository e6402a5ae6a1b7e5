/** What the window outlives, and what it remembers of itself. */
import { expect, test } from './bench'

test('size, place and theme are as they were left', async ({ bench }) => {
  await bench.resize(1300, 800)
  await bench.page.getByRole('button', { name: 'Switch to dark' }).click()
  await expect(bench.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  // preferences are written a moment after they change
  await bench.page.waitForTimeout(500)
  const page = await bench.restart()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1300, 800])
  expect(await bench.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
})

test('a crashed page is shown again', async ({ bench }) => {
  const { page, app } = bench
  await expect(page.getByRole('button', { name: 'Create chip' })).toBeVisible()
  await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]
    return new Promise<void>((shown) => {
      webContents.once('did-finish-load', () => shown())
      webContents.forcefullyCrashRenderer()
    })
  })
  // the driver's own connection died with the page, so main is asked
  const heading = (): Promise<string> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.executeJavaScript("document.querySelector('h1')?.textContent ?? ''")
    )
  await expect.poll(heading).toBe('No chip on this bench yet')
})

test('a crash of the compute process costs one job, and the next one runs', async ({ bench }) => {
  const { page, app } = bench
  type Answer = { value: { job: string; jobs: { id: string; status: string }[] }; error?: { message: string } }
  const invoke = (name: string, input: unknown): Promise<Answer['value']> =>
    page.evaluate(
      async ([name, input]) => {
        const bridge = (globalThis as unknown as { inloop: { invoke(name: unknown, input: unknown): Promise<Answer> } })
          .inloop
        const { value, error } = await bridge.invoke(name, input)
        if (error) throw new Error(error.message)
        return value
      },
      [name, input]
    )
  const statusOf = async (id: string): Promise<string | undefined> =>
    (await invoke('jobs.list', {})).jobs.find((job) => job.id === id)?.status

  await invoke('chip.new', { seed: 1, name: 'HX-01' })
  const { job: first } = await invoke('calibrate', { chip: 'HX-01' })
  await expect.poll(() => statusOf(first)).toBe('running')
  await app.evaluate(({ app }) => {
    const compute = app.getAppMetrics().find(({ name }) => name === 'Inloop compute')
    if (!compute) throw new Error('there is no compute process')
    process.kill(compute.pid, 'SIGKILL')
  })
  await expect.poll(() => statusOf(first)).toBe('interrupted')

  const { job: second } = await invoke('calibrate', { chip: 'HX-01', routines: ['converter_channels'] })
  await expect.poll(() => statusOf(second), { timeout: 60_000 }).toBe('done')
})
