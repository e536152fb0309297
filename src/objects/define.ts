import type { Reference, WriteObject } from '../model/writing.ts'

/** What only some objects can. */
type Ability = 'idempotency_key' | 'safe_update' | 'tag_deltas'

type Given =
  | 'one'
  | 'required'
  | 'bulk'
  | 'references'
  | 'sets'
  | 'primary'
  | 'tagDeltas'
  | 'isIdempotent'
  | 'safeUpdates'

/** An object as it is declared: what follows from its names may be left out. */
export interface ObjectDeclaration extends Omit<WriteObject, Given> {
  /** Left out: `many` without its last letter. */
  readonly one?: string
  /** As in WriteObject. `tags:set` is a set, of which `tags_mode` says what a row does to it. */
  readonly writable: string
  /** Left out: none is missing. */
  readonly required?: readonly string[]
  /** Left out: no action has a bulk call. */
  readonly bulk?: WriteObject['bulk']
  /** Columns that name another object, blank-separated: `group_name:groups` fills `group_id` with that of the group of this name. */
  readonly references?: string
  /** Left out: none of it. */
  readonly can?: readonly Ability[]
  /** As in WriteObject; what makes a value the main one is below the list. */
  readonly primary?: Omit<NonNullable<WriteObject['primary']>, 'at'>
}

/** An object with all that follows from its names. */
export function defineObject({ references, can = [], primary, ...given }: ObjectDeclaration): WriteObject {
  const { name, path = name, many = path.split('/').at(-1) as string, one = many.slice(0, -1) } = given
  const sets = [...given.writable.matchAll(/(\w+):set\b/g)].map(([, column]) => column as string)
  return {
    required: [],
    bulk: [],
    ...given,
    one,
    many,
    writable: given.writable.replaceAll(':set', ':array'),
    ...(sets.length > 0 && { sets }),
    ...(references !== undefined && { references: referencesIn(references) }),
    ...(primary && { primary: { ...primary, at: `${primary.list}/{of}/make_primary` } }),
    ...(can.includes('tag_deltas') && { tagDeltas: true }),
    ...(can.includes('idempotency_key') && { isIdempotent: true }),
    ...(can.includes('safe_update') && { safeUpdates: true }),
  }
}

/** The column says what it fills, and by what: `user_external_id` fills `user_id`, `section_name` fills `section_id`. */
function referencesIn(text: string): Readonly<Record<string, Reference>> {
  const named = /^(?<what>\w+?)_(?<by>external_id|name|title|key|email):(?<object>\w+)$/
  return Object.fromEntries(
    text.split(' ').map((one) => {
      const { what = '', by = '', object = '' } = named.exec(one)?.groups ?? {}
      return [`${what}_${by}`, { fills: `${what}_id`, object, by }]
    }),
  )
}
