import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  dynamicImports?: string[]
}

/** What is transferred before the first view stands, compressed. */
const FIRST_LOAD = 200_000

/** The page as it is shipped. */
describe('build', () => {
  let manifest: Record<string, Chunk>
  let index: string

  beforeAll(() => {
    expect(existsSync('dist/manifest.json'), 'dist/ is missing. Build the page: ./build.sh').toBe(true)
    manifest = JSON.parse(readFileSync('dist/manifest.json', 'utf8')) as Record<string, Chunk>
    index = readFileSync('dist/index.html', 'utf8')
  })

  function filesOf(entry: string, seen = new Set<string>()): Set<string> {
    if (seen.has(entry)) return new Set()
    seen.add(entry)
    const chunk = manifest[entry]!
    return new Set([chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((one) => [...filesOf(one, seen)])])
  }

  it('shouldLoadLittleAtFirst', () => {
    // The login comes first, and German texts on a German device.
    const entries = ['index.html', 'src/features/auth/LoginView.vue', 'src/i18n/de.json']
    const files = new Set(entries.flatMap((entry) => [...filesOf(entry)]))
    const size = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, gzipSync(index).length)

    expect(files.size).toBeGreaterThan(5)
    expect(size).toBeLessThanOrEqual(FIRST_LOAD)
  })

  it('shouldFetchViewsWhenTheyAreOpened', () => {
    const first = filesOf('index.html')

    for (const view of ['modules/ModulesView', 'module/ModuleView', 'catalogue/CatalogueView', 'users/UsersView', 'module/LogTab', 'module/UsagePlot']) {
      expect(first, view).not.toContain(manifest[`src/features/${view}.vue`]!.file)
    }
  })

  it('shouldHaveNothingInlineAndNothingFromElsewhere', () => {
    expect(index).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son[a-z]+=|https?:\/\//)
    for (const address of [...index.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!)) {
      expect(address, 'relative, so that it holds behind a prefix').toMatch(/^\.\//)
    }
  })

  it('shouldNameFilesByTheirContent', () => {
    const files = readdirSync('dist/assets').filter((file) => !file.endsWith('.gz'))

    expect(files.filter((file) => !/-[\w-]{8}\.\w+$/.test(file))).toEqual([])
  })

  it('shouldLoadNothingFromOtherHosts', () => {
    for (const file of readdirSync('dist/assets').filter((name) => name.endsWith('.css'))) {
      expect(readFileSync(`dist/assets/${file}`, 'utf8'), file).not.toMatch(/url\((?!["']?(?:\.|#))|@import/)
    }
  })
})
