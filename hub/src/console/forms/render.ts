// Options as fields of a form.
import { html, type Markup } from '../pages/markup.ts'
import { constantOf, inOrder, kindOf, type Named, type Property } from './fields.ts'

type Json = Readonly<Record<string, unknown>>

export interface FormState {
  /** The name of the first wrong field, if one is known. */
  readonly wrong?: string | undefined
}

const words = (name: string): string => {
  const text = name.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
const titleOf = (name: string, { title }: Property): string => title ?? words(name)
const idOf = (path: string): string => path.replace(/[^A-Za-z0-9]/g, '-')

/** A field for each option. `path` is what the names of the fields begin with. */
export function fields(
  path: string,
  named: readonly Named[],
  values: Json,
  required: readonly string[],
  state: FormState = {},
): readonly Markup[] {
  return named.map(([name, property]) =>
    field(`${path}.${name}`, name, property, values[name], required.includes(name), state),
  )
}

function field(
  path: string,
  name: string,
  property: Property,
  value: unknown,
  isRequired: boolean,
  state: FormState,
): Markup {
  const kind = kindOf(property)
  if (kind === 'branches') return branches(path, name, property, value, state)
  if (kind === 'choices') return choices(path, name, property, value)
  if (kind === 'yes-no')
    return html`<label class="field"><input type="checkbox" name="${path}" value="true" ${(value ?? property.default) === true ? 'checked' : ''} aria-describedby="${idOf(path)}-hint"><span>${titleOf(name, property)}</span>${hint(path, property)}</label>`
  return html`<label class="field" for="${idOf(path)}"><span>${titleOf(name, property)}${isRequired ? html` <span class="must" aria-hidden="true">*</span>` : ''}</span>
${input(path, name, property, value, isRequired, state)}${hint(path, property)}</label>`
}

const hint = (path: string, { description }: Property): Markup | string =>
  description === undefined ? '' : html`<span class="hint" id="${idOf(path)}-hint">${description}</span>`

function input(
  path: string,
  name: string,
  property: Property,
  value: unknown,
  isRequired: boolean,
  { wrong }: FormState,
): Markup {
  const { examples = [], default: preset, minimum, maximum, description } = property
  const placeholder = String(examples[0] ?? (preset === undefined || Array.isArray(preset) ? '' : preset))
  const common = html`id="${idOf(path)}" name="${path}" ${description === undefined ? '' : html`aria-describedby="${idOf(path)}-hint"`} ${wrong === path ? html`aria-invalid="true"` : ''} ${isRequired ? 'required' : ''}`
  switch (kindOf(property)) {
    case 'choice':
      return html`<select ${common}>${preset === undefined ? html`<option value="">–</option>` : ''}${(property.enum ?? []).map((one) => html`<option ${one === (value ?? preset) ? 'selected' : ''}>${one}</option>`)}</select>`
    case 'secret': {
      const isSet = value !== undefined && value !== ''
      // What is kept is not read back: an empty field leaves it as it is.
      return html`<input type="password" autocomplete="new-password" id="${idOf(path)}" name="${path}" placeholder="${isSet ? 'kept; enter a new one to replace it' : ''}" ${isRequired && !isSet ? 'required' : ''} aria-describedby="${idOf(path)}-hint">`
    }
    case 'number':
      return html`<input type="number" ${common} value="${value === undefined ? '' : String(value)}" placeholder="${placeholder}" step="any" ${minimum === undefined ? '' : html`min="${String(minimum)}"`} ${maximum === undefined ? '' : html`max="${String(maximum)}"`}>`
    case 'lines':
      return html`<textarea ${common} spellcheck="false">${Array.isArray(value) ? value.join('\n') : ''}</textarea>`
    case 'pairs':
      return html`<textarea ${common} spellcheck="false" placeholder="${pairNames(property)
        .map((one) => `${one[1].examples?.[0] ?? one[0]}`)
        .join(' = ')}">${pairsText(property, value)}</textarea>`
    default: {
      const isAffixed = name === 'subdomain'
      const box = html`<input ${common} value="${value === undefined ? '' : String(value)}" placeholder="${placeholder}" autocomplete="off" spellcheck="false">`
      return isAffixed
        ? html`<span class="affixed"><span class="soft">https://</span>${box}<span class="soft">.zendesk.com</span></span>`
        : box
    }
  }
}

/** The members of an object that stands in a line: `name = query`. */
export const pairNames = ({ items }: Property): readonly Named[] => inOrder(items ?? {}).slice(0, 2)

function pairsText(property: Property, value: unknown): string {
  const [first, second] = pairNames(property).map(([name]) => name)
  return Array.isArray(value)
    ? value.map((one: Json) => `${String(one[first!])} = ${String(one[second!])}`).join('\n')
    : ''
}

function choices(path: string, name: string, property: Property, value: unknown): Markup {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  return html`<fieldset class="field"><legend>${titleOf(name, property)}</legend>${hint(path, property)}
<div class="two">${(property.items?.enum ?? []).map((one) => html`<label><input type="checkbox" name="${path}" value="${one}" ${chosen.includes(one) ? 'checked' : ''}><span>${words(one)}</span></label>`)}</div></fieldset>`
}

/** Ways to do something, one of which is chosen; its own options unfold below it. */
function branches(path: string, name: string, property: Property, value: unknown, state: FormState): Markup {
  const values = (typeof value === 'object' && value !== null ? value : {}) as Json
  const all = (property.oneOf ?? []).map((branch) => ({ branch, constant: constantOf(branch)! }))
  const chosen = all.find(({ constant: [key, { const: known }] }) => values[key] === known) ?? all[0]
  return html`<fieldset class="field"><legend>${titleOf(name, property)}</legend>${hint(path, property)}
${all.map(({ branch, constant: [key, { const: known = '' }] }) => {
  const isChosen = branch === chosen?.branch
  const own = inOrder(branch).filter(([one, { airbyte_hidden: isHidden }]) => one !== key && !isHidden)
  return html`<div class="choice"><label><input type="radio" name="${path}.${key}" value="${known}" ${isChosen ? 'checked' : ''}><span>${branch.title ?? known}</span></label>
<div class="more">${fields(`${path}#${known}`, own, isChosen ? values : {}, [], state)}</div></div>`
})}</fieldset>`
}
