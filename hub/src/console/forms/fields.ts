// Forms from spec files: what an option is called, what it takes and what it does stand there, and nowhere else.
import spec from '../../../../spec.json' with { type: 'json' }

/** An option of a spec file. */
export interface Property {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly const?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly examples?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly order?: number
  readonly items?: Property
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Property>>
  readonly oneOf?: readonly Property[]
  readonly airbyte_secret?: boolean
  readonly airbyte_hidden?: boolean
}

export type Named = readonly [name: string, property: Property]

export const inOrder = ({ properties = {} }: Property): readonly Named[] =>
  Object.entries(properties).toSorted(([, a], [, b]) => (a.order ?? 99) - (b.order ?? 99))

export const SOURCE_SPEC = spec.connectionSpecification as unknown as Property

/** Options that everybody looks at first. */
const FIRST = ['subdomain', 'credentials', 'start_date', 'pull_by']

/** The options of the source: those that stand first, and the others. `base_url` only where a page may name such places. */
export function sourceFields(allowsPrivate: boolean): {
  readonly first: readonly Named[]
  readonly more: readonly Named[]
} {
  const all = inOrder(SOURCE_SPEC).filter(
    ([name, { airbyte_hidden: isHidden }]) => !isHidden || (name === 'base_url' && allowsPrivate),
  )
  return { first: all.filter(([name]) => FIRST.includes(name)), more: all.filter(([name]) => !FIRST.includes(name)) }
}

/** How an option is entered. */
export type Kind = 'text' | 'secret' | 'number' | 'yes-no' | 'choice' | 'choices' | 'lines' | 'pairs' | 'branches'

export function kindOf({ type, oneOf, enum: choices, items, airbyte_secret: isSecret }: Property): Kind {
  if (oneOf) return 'branches'
  if (choices) return 'choice'
  if (type === 'boolean') return 'yes-no'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array') return items?.enum ? 'choices' : items?.type === 'object' ? 'pairs' : 'lines'
  return isSecret ? 'secret' : 'text'
}

/** The branch of a `oneOf` that this value is of: by its constant. */
export const constantOf = (branch: Property): Named | undefined =>
  inOrder(branch).find(([, one]) => one.const !== undefined)
