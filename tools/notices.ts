// The licences of the packages that are bundled into a product: their texts want to be handed on with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package of node_modules, and the texts that go with it. */
interface Bundled {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly texts: readonly string[]
}

/**
 * The notices of all packages that these files belong to (paths from `root` on). Throws for a package whose licence has no
 * text, and for one that is no licence of those that ask for a notice only.
 */
export function noticesOf(files: readonly string[], root: string): string {
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
  const packages = [...folders].map((folder) => bundledIn(join(root, folder)))
  packages.sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version))
  const list = packages.map(({ name, version, license }) => `- ${name} ${version} (${license})`).join('\n')
  const parts = packages.map(({ name, version, texts }) => `${name} ${version}\n\n${texts.join('\n\n')}`)
  const line = `\n\n${'-'.repeat(80)}\n\n`
  return `This program has parts of these packages. Their licences follow.\n\n${list}${line}${parts.join(line)}\n`
}

/** Licences that ask for their text to be handed on, and for nothing else. */
const PERMISSIVE = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0'])

function bundledIn(folder: string): Bundled {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Bundled
  if (!PERMISSIVE.has(license)) throw new Error(`${name} is licensed as ${license}: may it be bundled?`)
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length === 0) throw new Error(`${name} ${version} brings no text of its licence.`)
  return { name, version, license, texts }
}
