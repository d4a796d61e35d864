import { defineConfig } from 'vitest/config'

/** The page in a browser against the packaged service: one story from the first login on, in order. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-browser.xml' },
  },
})
