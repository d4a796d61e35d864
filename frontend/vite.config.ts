import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Relative addresses: the same files work behind a gateway prefix such as /v2_modulemanager/.
  base: './',
  plugins: [vue()],
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
  test: {
    environment: 'happy-dom',
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-frontend.xml' },
  },
})
