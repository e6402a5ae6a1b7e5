// npm run build: all the set-up, then the bundle, made anew.
import { ensureBundle } from './bundle.mjs'
import { setUp } from './setup.mjs'
import { script } from './shell.mjs'

await script(async () => {
  await setUp({ bundle: false })
  await ensureBundle({ force: true })
  return 0
})
