import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => join(import.meta.dirname, path)

/** One entry a process or thread: plain, predictable names in out/main, which the others start them by. */
const entries = {
  index: at('src-main/electron/main.ts'),
  cli: at('src-main/cli/index.ts'),
  compute: at('src-main/compute/main.ts'),
  lane: at('src-main/compute/lane.ts')
}

// The targets are those of the oldest runtime that must run the bundle (Electron 33), not of the declared one.
const NODE = 'node20.18'
const CHROME = 'chrome130'

export default defineConfig({
  main: {
    build: {
      target: NODE,
      outDir: at('out/main'),
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
        // Shared chunks lie beside the entries, so that import.meta.dirname is the same folder for all code.
        output: { chunkFileNames: 'shared-[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      target: NODE,
      outDir: at('out/preload'),
      // The preload of a sandboxed window must be one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [svelte({ configFile: false })],
    build: {
      target: CHROME,
      outDir: at('out/renderer'),
      rolldownOptions: { input: at('src-renderer/index.html') }
    },
    server: { host: '127.0.0.1' }
  }
})
