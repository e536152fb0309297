// What compose.yaml and hub/Dockerfile need is there, and the example's configuration is one.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { SERVE_USAGE } from '../src/cli/serve.ts'
import { readConnections } from '../src/config/read.ts'

const root = join(import.meta.dirname, '../..')
const text = (path: string): string => readFileSync(join(root, path), 'utf8')

test('the example reads, with the variables that compose.yaml sets', async () => {
  const { services } = parse(text('compose.yaml')) as {
    services: { hub: { environment: Record<string, string>; build: { dockerfile: string }; command: string } }
  }
  const { environment, build, command } = services.hub
  const [connection] = await readConnections(join(root, 'examples/hub/hub.yaml'), environment)
  expect(connection!.to).toMatch(/^postgres:.*@postgres:5432\/zendesk$/)
  expect(existsSync(join(root, build.dockerfile))).toBe(true)
  for (const flag of command.match(/--[\w-]+/g)!) expect(SERVE_USAGE).toContain(flag)
})

test('what the image copies goes along, and is made by the build', () => {
  const ignored = text('.dockerignore').split('\n')
  const copied = [...text('hub/Dockerfile').matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, paths]) =>
    paths!.split(' '),
  )
  expect(copied).toContain('hub/dist')
  for (const path of copied) {
    expect(existsSync(join(root, path)), path).toBe(true)
    expect(ignored, path).not.toContain(path)
  }
  // `**/config*.json` stands for configurations, and this is none.
  expect(ignored).toContain('!hub/config.schema.json')
})
