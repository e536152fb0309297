// A stream's declaration as text, and where it goes: the file of its family, and the list of all streams.
import type { families } from '../../src/streams/index.ts'
import { type Example, Refusal } from './example.ts'
import type { Schema } from './schema.ts'
import { camelOf } from './words.ts'

type FamilyTitle = (typeof families)[number]['title']

/** What is declared: a name, the endpoint's path without `/api/v2/`, and what its example shows. */
export interface NewStream {
  readonly name: string
  readonly path: string
  readonly example: Example
  readonly schema: Schema
}

/** The file of each family in which plain lists are declared, below src/streams/. */
const HOMES: Readonly<Record<FamilyTitle, string>> = {
  Tickets: 'tickets/lists.ts',
  'Forms and fields of tickets': 'tickets/forms-and-fields.ts',
  People: 'people/people-settings.ts',
  Settings: 'account/account-settings.ts',
  'Help center': 'help-center/help-center-settings.ts',
  Community: 'help-center/community.ts',
  Talk: 'talk/talk-settings.ts',
  Chat: 'chat/chat-settings.ts',
}

/** Which family a stream belongs to, as far as its name and path tell. */
export function familyOf(name: string, path: string): FamilyTitle {
  if (/^((help_center\/)?community|gather)\//.test(path)) return 'Community'
  if (/^(help_center|guide)\//.test(path)) return 'Help center'
  if (path.startsWith('channels/voice/')) return 'Talk'
  if (path.startsWith('chat/')) return 'Chat'
  if (/^ticket_(fields?|forms?)(_|$)/.test(name)) return 'Forms and fields of tickets'
  if (/(^|_)tickets?(_|$)/.test(name)) return 'Tickets'
  return /^(users?|organizations?|groups?)(_|$)/.test(name) ? 'People' : 'Settings'
}

/** The file in which it is declared, below src/streams/. */
export const homeOf = ({ name, path }: Pick<NewStream, 'name' | 'path'>): string => HOMES[familyOf(name, path)]

/** The text of a file of declarations with one more. Throws a Refusal if it has something of that name. */
export function withDeclaration(text: string, stream: NewStream): string {
  const { name, path, example, schema } = stream
  for (const taken of [camelOf(name), schema.title])
    if (namesIn(text).has(taken))
      throw new Refusal(`src/streams/${homeOf(stream)} has something named ${taken} already.`)
  const list = example.paging === 'cursor' ? 'cursorList' : 'numberedList'
  const last = path.slice(path.lastIndexOf('/') + 1)
  const key = example.key === last ? '' : `, key: '${example.key}'`
  const cursor = schema.properties['updated_at']?.format === 'date-time' ? `\n  cursorField: 'updated_at',` : ''
  const generated = `../../generated/${name}.ts`
  const types = `import type { ${schema.title} } from '${generated}'\n`
  return `${types}${withImport(text, list, '../../zendesk/walks/list.ts')}
export const ${camelOf(name)} = defineStream<${schema.title}>()({
  name: '${name}',${cursor}
  walk: ${list}({ path: '${path}'${key} }),
})
`
}

/** The text of src/streams/index.ts with one more stream. Throws a Refusal if it has something of that name. */
export function withEntry(text: string, stream: NewStream): string {
  const constant = camelOf(stream.name)
  if (namesIn(text).has(constant)) throw new Refusal(`src/streams/index.ts has something named ${constant} already.`)
  const family = new RegExp(`(title: '${familyOf(stream.name, stream.path)}',\\s+streams: \\[[^\\]]*?),?(\\s*\\])`)
  return replaced(withImport(text, constant, `./${homeOf(stream)}`), family, `$1, ${constant}$2`)
}

/** A text with one more name imported from a module from which it imports others. */
function withImport(text: string, name: string, module: string): string {
  const found = new RegExp(`import \\{([^}]*?),?(\\s*)\\} from '${module}'`)
  const [, names = ''] = found.exec(text) ?? []
  if (new RegExp(`\\b${name}\\b`).test(names)) return text
  return replaced(text, found, `import {$1, ${name}$2} from '${module}'`)
}

function replaced(text: string, found: RegExp, by: string): string {
  if (!found.test(text)) throw new Error(`There is no place for a new stream: ${found} fits nothing.`)
  return text.replace(found, by)
}

/** What a file declares and imports, by name. */
function namesIn(text: string): ReadonlySet<string> {
  const imported = [...text.matchAll(/import (?:type )?\{([^}]*)\}/g)].flatMap(
    ([, names = '']) => names.match(/\w+/g) ?? [],
  )
  const own = [...text.matchAll(/\b(?:const|function|interface|type) (\w+)/g)].map(([, name = '']) => name)
  return new Set([...imported, ...own])
}
