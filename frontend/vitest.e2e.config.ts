import { defineConfig } from 'vitest/config'

/** The page in a browser against the packaged service: one story from the first login on, in order. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What follows a part that failed finds another state than it expects: each would wait for its limit, and hide the one that matters.
    bail: 1,
    // Tells each test as it ends, so that a run that was cut off says how far it came.
    reporters: ['verbose', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-browser.xml' },
  },
})
