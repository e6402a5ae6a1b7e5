import { defineConfig } from 'vitest/config'

/** `npm run test:long`: many repetitions of what npm test does a few times; one after the other, so that times mean something */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/long/**/*.test.ts'],
    globalSetup: 'build/vitest-setup.mjs',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000
  }
})
