/** Builds or serves the window over synthetic data; not part of the product. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, '../../..')

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte({ configFile: false })],
  server: { fs: { allow: [root] } },
  build: { outDir: join(root, 'node_modules/.cache/renderer-harness'), emptyOutDir: true, target: 'chrome130' }
})
