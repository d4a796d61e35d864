import { defineConfig } from 'vitest/config'

/** The page in a browser against the packaged service: one story from the first login on, in order. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-browser.xml' },
  },
})
