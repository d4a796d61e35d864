import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Relative addresses: the same files work behind a gateway prefix such as /v2_modulemanager/.
  base: './',
  plugins: [vue()],
  server: {
    // ./mm run --dev names the service; a certificate that it made itself cannot be checked.
    proxy: { '/api': { target: process.env.MM_SERVICE ?? 'http://127.0.0.1:8080', secure: false } },
  },
  test: {
    environment: 'happy-dom',
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-frontend.xml' },
  },
})
