import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compress } from './compress.ts'

export default defineConfig({
  // Relative addresses: the same files work behind a gateway prefix such as /v2_modulemanager/.
  base: './',
  plugins: [vue(), compress()],
  resolve: { alias: { '@primevue/core/usestyle': fileURLToPath(new URL('src/design/noStyle.ts', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  build: {
    // The oldest browsers that know light-dark() and <dialog>'s neighbours; nothing is written twice for older ones.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of the page forbids data: scripts, and small files are better cached by their hash.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // A few files instead of many: every file is a round trip over the robot's Wi-Fi.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules\/(?!uplot|@tanstack\/(vue-)?virtual)/ },
            // What only long lists need comes with them.
            { name: 'common', test: /\/src\/(?!shared\/useWindowRows)/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    // ./mm run --dev names the service; a certificate that it made itself cannot be checked.
    proxy: Object.fromEntries(
      ['/api', '/health', '/problems', '/docs', '/q'].map((path) => [
        path,
        { target: process.env.MM_SERVICE ?? 'http://127.0.0.1:8080', secure: false },
      ]),
    ),
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Long enough for a loaded machine; a test that passes does not wait for it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-frontend.xml' },
  },
})
