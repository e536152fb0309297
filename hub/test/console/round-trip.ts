// Every valid configuration survives the form: shown in a real browser, sent back, and read again.
import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { constantOf, inOrder, kindOf, type Named, type Property, sourceFields } from '../../src/console/forms/fields.ts'
import { type FormValues, valuesIn } from '../../src/console/forms/parse.ts'
import { fields, pairNames } from '../../src/console/forms/render.ts'
import { html } from '../../src/console/pages/markup.ts'

type Json = Readonly<Record<string, unknown>>

/** What people may type into a line: any characters, but blanks around it mean nothing. */
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/[\r\n\u0085\u2028\u2029\v\f]/g, ' ').trim())
  .filter((text) => text !== '' && !text.includes('\0'))

function anyValueOf(property: Property): fc.Arbitrary<unknown> {
  const { pattern, minimum = 0, maximum = 10_000, enum: choices = [], items } = property
  switch (kindOf(property)) {
    case 'branches':
      return fc.constantFrom(...(property.oneOf ?? [])).chain(branchOf)
    case 'yes-no':
      return fc.boolean()
    case 'number':
      return fc.integer({ min: minimum, max: maximum })
    case 'choice':
      return fc.constantFrom(...choices)
    case 'choices':
      return fc.subarray([...(items?.enum ?? [])], { minLength: 1 })
    case 'lines':
      return fc.array(line, { minLength: 1, maxLength: 4 })
    case 'pairs': {
      const [first, second] = pairNames(property).map(([name]) => name)
      const name = line.map((text) => text.replaceAll('=', '-'))
      return fc.array(fc.record({ [first!]: name, [second!]: line }, { noNullPrototype: true }), {
        minLength: 1,
        maxLength: 3,
      })
    }
    default:
      return pattern === undefined ? line : fc.stringMatching(new RegExp(pattern))
  }
}

const isShown = ([, { airbyte_hidden: isHidden }]: Named): boolean => !isHidden

/** Options with any of their values; secrets are left out, as no page shows them again. */
function optionsOf(named: readonly Named[]): fc.Arbitrary<Json> {
  const all = named.filter(([, property]) => kindOf(property) !== 'secret')
  const values = Object.fromEntries(all.map(([name, property]) => [name, anyValueOf(property)]))
  return fc.record(values, { requiredKeys: [], noNullPrototype: true })
}

function branchOf(branch: Property): fc.Arbitrary<Json> {
  const [key, { const: known }] = constantOf(branch)!
  const own = inOrder(branch).filter((one) => one[0] !== key && isShown(one))
  return optionsOf(own).map((values) => ({ ...values, [key]: known }))
}

/** Without what is as it would be anyway: the form leaves that out. */
const withoutDefaults = (named: readonly Named[], values: Json): Json =>
  Object.fromEntries(
    named.flatMap(([name, property]) => {
      const value = values[name]
      if (value === undefined || JSON.stringify(value) === JSON.stringify(property.default)) return []
      if (kindOf(property) !== 'branches') return [[name, value]]
      const branch = property.oneOf?.find((one) => {
        const [key, { const: known }] = constantOf(one)!
        return (value as Json)[key] === known
      })
      const [key] = constantOf(branch!)!
      const own = inOrder(branch!).filter(([one]) => one !== key)
      return [[name, { [key]: (value as Json)[key], ...withoutDefaults(own, value as Json) }]]
    }),
  )

/** What the browser would send of this form. */
async function sent(page: Page, form: string): Promise<FormValues> {
  await page.setContent(`<!doctype html><form>${form}</form>`)
  const pairs = (await page.evaluate('[...new FormData(document.forms[0])]')) as [string, string][]
  const all: Record<string, string | string[]> = {}
  // As the console's server reads it: line ends of a text area come as CR LF.
  for (const [name, value] of pairs) {
    const before = all[name]
    const text = value.replace(/\r?\n/g, '\r\n')
    all[name] = before === undefined ? text : [before, text].flat()
  }
  return all
}

/** Throws an AssertionError for the smallest configuration that comes back as another one. */
export async function everyConfigurationSurvives(page: Page, runs: number): Promise<void> {
  const { first, more } = sourceFields(true)
  const named = [...first, ...more]
  const credentials = named.find(([name]) => name === 'credentials')![1]
  const configurations = fc
    .tuple(optionsOf(named), anyValueOf(credentials))
    .map(([values, how]): Json => ({ ...values, credentials: how }))
  await fc.assert(
    fc.asyncProperty(configurations, async (values) => {
      const form = String(await html`${fields('source', named, values, [])}`)
      const back = valuesIn(await sent(page, form), 'source', named)
      deepStrictEqual(back, withoutDefaults(named, values))
    }),
    { numRuns: runs },
  )
}
