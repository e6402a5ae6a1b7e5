import { defineConfig } from '@playwright/test'

/** One window at a time: the machine's cores belong to the chip that a test calibrates or trains on. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 60_000,
  workers: 1,
  forbidOnly: true
})
