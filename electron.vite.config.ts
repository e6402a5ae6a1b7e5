import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (...path: string[]): string => join(import.meta.dirname, ...path)
/** build/bundle.mjs builds beside the bundle in use, and then puts the new one in its place */
const out = process.env['INLOOP_OUT'] ?? at('out')

// The targets are those of the oldest runtime that must run the bundle (Electron 33), not of the declared one.
const NODE = 'node20.18'
const CHROME = 'chrome130'

export default defineConfig(({ command }) => ({
  main: {
    build: {
      target: NODE,
      outDir: join(out, 'main'),
      // in one file it is read many times quicker than in its own hundreds
      externalizeDeps: { exclude: ['zod'] },
      sourcemap: command === 'serve',
      rolldownOptions: {
        // one entry a process or thread: predictable names in out/main, by which the others start them
        input: {
          index: at('src-main/electron/main.ts'),
          cli: at('src-main/cli/index.ts'),
          compute: at('src-main/compute/main.ts'),
          lane: at('src-main/compute/lane.ts'),
          reader: at('src-main/store/reader.ts'),
          'what-if': at('src-main/compute/what-if/worker.ts')
        },
        // Shared chunks lie beside the entries, so that import.meta.dirname is the same folder for all code.
        output: { chunkFileNames: 'shared-[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      target: NODE,
      outDir: join(out, 'preload'),
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
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      minify: command === 'build',
      cssCodeSplit: false,
      rolldownOptions: {
        input: at('src-renderer/index.html'),
        // all that the first screen needs in one file: every file is a question to main, which has other things to do
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } }
      }
    },
    server: { host: '127.0.0.1' }
  }
}))
