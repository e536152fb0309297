import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { releaseOf } from '../../../tools/release.ts'

let root: string
const write = (name: string, text: string): void => writeFileSync(join(root, name), text)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-'))
  mkdirSync(join(root, 'sandbox'))
  write('package.json', '{"version": "1.2.0", "repository": {}}')
  write('metadata.yaml', 'data:\n  dockerImageTag: 1.2.0\n')
  write('metadata-destination.yaml', 'data:\n  dockerImageTag: 1.2.0\n')
  write('Dockerfile', 'ARG VERSION=1.2.0\n')
  write(
    'CHANGELOG.md',
    '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n### Added\n- One.\n\n## [1.1.0] - 2026-11-30\n- Old.\n',
  )
  write('sandbox/package.json', '{"version": "0.3.0-rc.1", "repository": {}}')
  write('sandbox/CHANGELOG.md', '# Changelog\n## [0.3.0-rc.1] - 2026-12-01\n- Two.\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a tag of the connector: its version, and the section of the changelog alone', () => {
  expect(releaseOf('v1.2.0', root)).toEqual({
    product: 'connector',
    version: '1.2.0',
    channel: 'latest',
    notes: '### Added\n- One.\n',
  })
})

test('a tag of the sandbox; a version that is no final one becomes nobody’s latest', () => {
  expect(releaseOf('sandbox-v0.3.0-rc.1', root)).toEqual({
    product: 'sandbox',
    version: '0.3.0-rc.1',
    channel: 'next',
    notes: '- Two.\n',
  })
})

test('a tag of the hub', () => {
  mkdirSync(join(root, 'hub'))
  write('hub/package.json', '{"version": "0.2.0", "repository": {}}')
  write('hub/CHANGELOG.md', '# Changelog\n## [0.2.0] - 2026-12-01\n- Three.\n')
  expect(releaseOf('hub-v0.2.0', root)).toMatchObject({ product: 'hub', version: '0.2.0', channel: 'latest' })
})

describe('what does not agree stops the release, all of it at once', () => {
  test('versions', () => {
    write('metadata.yaml', 'data:\n  dockerImageTag: 1.1.0\n')
    write('Dockerfile', 'FROM scratch\n')
    expect(() => releaseOf('v1.2.0', root)).toThrow(
      /metadata\.yaml \(dockerImageTag\) says 1\.1\.0, the tag says 1\.2\.0; Dockerfile \(ARG VERSION\) says nothing/,
    )
    expect(() => releaseOf('v1.3.0', root)).toThrow(/package\.json says 1\.2\.0.*no section "## \[1\.3\.0\]/)
  })

  test('no repository, which npm wants for the proof of where a package was made', () => {
    write('package.json', '{"version": "1.2.0"}')
    expect(() => releaseOf('v1.2.0', root)).toThrow(/names no repository/)
  })

  test.each([
    ['no section', '# Changelog\n\n## [Unreleased]\n- One.\n', /no section/],
    ['no date', '# Changelog\n\n## [1.2.0]\n- One.\n', /no date/],
    ['nothing in it', '# Changelog\n\n## [1.2.0] - 2026-12-01\n\n## [1.1.0] - 2026-11-30\n', /says nothing/],
  ])('a changelog with %s', (_, changelog, fault) => {
    write('CHANGELOG.md', changelog)
    expect(() => releaseOf('v1.2.0', root)).toThrow(fault)
  })

  test.each(['1.2.0', 'v1.2', 'sandbox-1.2.0', 'v1.2.0;rm', ''])('a tag such as "%s"', (tag) => {
    expect(() => releaseOf(tag, root)).toThrow(/no tag of a release/)
  })
})

test('this repository: all places have the version of package.json, so that a release is a tag away', () => {
  const here = join(import.meta.dirname, '../../..')
  const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as { version: string }
  for (const name of ['package.json', 'metadata.yaml', 'metadata-destination.yaml', 'Dockerfile'])
    write(name, readFileSync(join(here, name), 'utf8'))
  write('CHANGELOG.md', `# Changelog\n\n## [${version}] - 2026-12-01\n- One.\n`)
  expect(releaseOf(`v${version}`, root).version).toBe(version)
})
