import { defineConfig } from 'vitest/config'

// Measurements that take minutes: never part of `npm test`.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/bench/**/*.test.ts'],
    globalSetup: 'build/vitest-setup.mjs'
  }
})
