/** What a page may not do, tried in the real window. */
import { expect, test } from './bench'

test('the page has the bridge and nothing of Node or Electron', async ({ bench }) => {
  const globals = await bench.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis)
  )
  expect(globals).toEqual([])
  const bridge = await bench.page.evaluate(() =>
    Object.keys((globalThis as unknown as { inloop: object }).inloop).sort()
  )
  expect(bridge).toEqual(['invoke', 'pathOf', 'subscribe'])
})

test('the window is sandboxed and isolated', async ({ bench }) => {
  const preferences = await bench.app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]
    const all = (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()
    return Object.fromEntries(
      ['sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity', 'webviewTag'].map((key) => [key, all[key]])
    )
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false
  })
})

test('the content security policy refuses scripts and connections from elsewhere', async ({ bench }) => {
  bench.provoked.push(/Content Security Policy/)
  // A script put into the page counts; what the test itself evaluates is exempt from the policy.
  const ran = await bench.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.ranInline = true'
    document.body.append(script)
    return 'ranInline' in globalThis
  })
  expect(ran).toBe(false)
  const outcome = await bench.page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'connected',
      () => 'refused'
    )
  )
  expect(outcome).toBe('refused')
})

test('the page goes nowhere else and opens nothing', async ({ bench }) => {
  const { page, app } = bench
  const before = page.url()
  await page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull()
  // a frame is refused by the policy before it can navigate
  bench.provoked.push(/Content Security Policy/)
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = 'https://example.org/'
    document.body.append(frame)
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('no permission is given but copying', async ({ bench }) => {
  const states = await bench.page.evaluate(async () => {
    const ask = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state
    return [await ask('geolocation'), await ask('camera'), await ask('microphone'), await ask('notifications')]
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('the origin serves the bundle only', async ({ bench }) => {
  bench.provoked.push(/404/)
  const statuses = await bench.page.evaluate(() =>
    Promise.all(
      ['/index.html', '/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain/index.js', '/none.js'].map((file) =>
        fetch(file).then(({ status }) => status)
      )
    )
  )
  expect(statuses).toEqual([200, 404, 404, 404, 404])
})

test('the bridge refuses what the contract does not have, and bad input, as one line', async ({ bench }) => {
  type Invoke = (name: string, input: unknown) => Promise<{ error?: { code: string; message: string } }>
  const answers = await bench.page.evaluate(async () => {
    const { invoke } = (globalThis as unknown as { inloop: { invoke: Invoke } }).inloop
    return [await invoke('workspace.delete', {}), await invoke('chip.new', { mismatch: 'much' })]
  })
  expect(answers[0].error).toMatchObject({ code: 'bad-input', message: expect.stringContaining('workspace.delete') })
  expect(answers[1].error).toMatchObject({ code: 'bad-input', message: expect.stringContaining('mismatch') })
  expect(answers[1].error?.message).not.toContain('\n')
})
