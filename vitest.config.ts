import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // some tests are of the window's state, which is written with runes
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'test/long/**'],
    // files are processes of their own; one each core
    maxWorkers: '100%',
    globalSetup: 'build/vitest-setup.mjs',
    // a guard against hanging, not a measure of speed: machines are shared, and some tests calibrate whole chips
    testTimeout: 180_000
  }
})
