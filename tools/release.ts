// What a tag releases (v0.1.0, sandbox-v0.1.0, hub-v0.1.0): node tools/release.ts v0.1.0 [--notes FILE]. Prints product,
// version and channel as NAME=VALUE lines and writes the changelog's section to FILE. Exits with 1 where tag, versions and changelog do not agree.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const VERSION = String.raw`\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?`

/** `channel`: the npm tag and the image's second tag. A version such as 1.0.0-rc.1 must not become anybody's latest. */
export interface Release {
  readonly product: 'connector' | 'sandbox' | 'hub'
  readonly version: string
  readonly channel: 'latest' | 'next'
  readonly notes: string
}

/**
 * The release that a tag names (`v0.1.0` the connector's, `sandbox-v0.1.0` the sandbox's, `hub-v0.1.0` the hub's), from the files in `root`.
 * Throws an Error that names everything that does not agree.
 */
export function releaseOf(tag: string, root: string): Release {
  const found = new RegExp(`^(?:(sandbox|hub)-)?v(${VERSION})$`).exec(tag)
  if (!found) throw new Error(`${tag} is no tag of a release: v1.2.3, sandbox-v1.2.3 or hub-v1.2.3.`)
  const [, workspace, version = ''] = found
  const folder = workspace ? join(root, workspace) : root
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const manifest = JSON.parse(read('package.json')) as { version: string; repository?: object }
  const versions: Record<string, string | undefined> = {
    'package.json': manifest.version,
    ...(!workspace && {
      'metadata.yaml (dockerImageTag)': /^ *dockerImageTag: *(\S+)/m.exec(read('metadata.yaml'))?.[1],
      'metadata-destination.yaml (dockerImageTag)': /^ *dockerImageTag: *(\S+)/m.exec(
        read('metadata-destination.yaml'),
      )?.[1],
      'Dockerfile (ARG VERSION)': versionIn(read('Dockerfile')),
    }),
  }
  const faults = Object.entries(versions)
    .filter(([, one]) => one !== version)
    .map(([where, one]) => `${where} says ${one ?? 'nothing'}, the tag says ${version}`)
  if (!('repository' in manifest)) faults.push('package.json names no repository, and npm proves no provenance without')
  const notes = sectionOf(read('CHANGELOG.md'), version)
  if (typeof notes !== 'string') faults.push(notes.fault)
  if (faults.length > 0) throw new Error(`${tag} cannot be released: ${faults.join('; ')}.`)
  return {
    product: (workspace as 'sandbox' | 'hub' | undefined) ?? 'connector',
    version,
    channel: version.includes('-') ? 'next' : 'latest',
    notes: notes as string,
  }
}

/** The version that all images of a Dockerfile are given; those of which there are several, if they differ. */
const versionIn = (dockerfile: string): string | undefined => {
  const all = new Set([...dockerfile.matchAll(/^ARG VERSION=(\S+)/gm)].map(([, one]) => one))
  return all.size === 0 ? undefined : [...all].join(' and ')
}

/** The changelog's section of one version, without its heading, or what is wrong with it. */
function sectionOf(changelog: string, version: string): string | { readonly fault: string } {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find((one) => one.startsWith(`[${version}]`))
  if (section === undefined) return { fault: `CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD"` }
  const [heading = '', ...lines] = section.split('\n')
  if (!/^\[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(heading)) return { fault: `CHANGELOG.md gives ${version} no date` }
  const text = lines.join('\n').trim()
  return text === '' ? { fault: `CHANGELOG.md says nothing about ${version}` } : `${text}\n`
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: { notes: { type: 'string' } }, allowPositionals: true })
  try {
    const { product, version, channel, notes } = releaseOf(positionals[0] ?? '', join(import.meta.dirname, '..'))
    if (values.notes !== undefined) writeFileSync(values.notes, notes)
    process.stdout.write(`product=${product}\nversion=${version}\nchannel=${channel}\n`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
