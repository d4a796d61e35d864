import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const SOURCE = '../modulemanager-api/src/main/resources/META-INF/openapi/openapi.yaml'

it('shouldHaveTheTypesOfTheOpenApiDocument', () => {
  expect(existsSync(SOURCE), `${SOURCE} lies beside the page in a checkout`).toBe(true)
  const generated = execFileSync(process.execPath, ['node_modules/openapi-typescript/bin/cli.js', SOURCE, '--enum-values'], { encoding: 'utf8' })

  expect(readFileSync('src/api/schema.ts', 'utf8') === generated, 'src/api/schema.ts is not what openapi.yaml says. Run: npm run generate').toBe(true)
}, 60_000)
