// A form that came back, as the configuration that it means.
import { constantOf, inOrder, kindOf, type Named, type Property } from './fields.ts'
import { pairNames } from './render.ts'

/** What a form holds: a field may stand there several times. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

const allOf = (form: FormValues, name: string): readonly string[] => {
  const value = form[name]
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}
const oneOf = (form: FormValues, name: string): string => allOf(form, name).at(-1)?.trim() ?? ''

/** The options below this path. Empty ones are left out, and so are those that have their default. */
export function valuesIn(form: FormValues, path: string, named: readonly Named[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    named.flatMap(([name, property]) => {
      const value = valueIn(form, `${path}.${name}`, property)
      return value === undefined || JSON.stringify(value) === JSON.stringify(property.default) ? [] : [[name, value]]
    }),
  )
}

function valueIn(form: FormValues, path: string, property: Property): unknown {
  const text = oneOf(form, path)
  switch (kindOf(property)) {
    case 'branches':
      return branchIn(form, path, property)
    case 'yes-no':
      return text === 'true'
    case 'number':
      return text === '' ? undefined : Number.isNaN(Number(text)) ? text : Number(text)
    case 'choices':
      return allOf(form, path).length === 0 ? undefined : allOf(form, path)
    case 'lines':
      return orNothing(linesIn(text))
    case 'pairs': {
      const [first, second] = pairNames(property).map(([name]) => name)
      const pairs = linesIn(text).map((line) => {
        const at = line.indexOf('=')
        const [one, other] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
        return { [first!]: one.trim(), [second!]: other.trim() }
      })
      return orNothing(pairs)
    }
    case 'secret':
      // A secret may begin or end with a blank.
      return allOf(form, path).at(-1) || undefined
    default:
      return text === '' ? undefined : text
  }
}

const linesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
const orNothing = <Value>(list: readonly Value[]): readonly Value[] | undefined =>
  list.length === 0 ? undefined : list

function branchIn(form: FormValues, path: string, { oneOf: all = [] }: Property): unknown {
  for (const branch of all) {
    const [key, { const: known = '' }] = constantOf(branch)!
    if (oneOf(form, `${path}.${key}`) !== known) continue
    const own = inOrder(branch).filter(([name]) => name !== key)
    return { [key]: known, ...valuesIn(form, `${path}#${known}`, own) }
  }
  return undefined
}
