import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { byPosition } from '../../http/pages/sequence.ts'
import { created, noContent, reply } from '../../http/reply.ts'
import { isoTime } from '../../iso-time.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { idsIn, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

/** Dynamic content: items, each with a text in some languages. */
export function dynamicContentRoutes(served: Served): readonly Family[] {
  const { store } = served

  const routes: Routes = {
    ...resourceRoutes(served, {
      path: '/dynamic_content/items',
      one: 'item',
      many: 'items',
      table: 'dynamic_content',
      operations: ['list', 'show', 'create', 'update', 'delete'],
      audit: { type: 'dynamic_content_item', label: ({ name }) => `Dynamic content: ${name}` },
      create: (sent) => {
        const { name, default_locale_id, content, variants = [] } = sent
        if (typeof name !== 'string' || name === '') throw blank('name')
        const placeholder = `{{dc.${name.toLowerCase().replaceAll(/\s+/g, '_')}}}`
        if ([...items(store).all()].some((one) => one['placeholder'] === placeholder))
          throw invalid('name', `Name: ${name} has already been taken`, 'DuplicateValue')
        const texts =
          Array.isArray(variants) && variants.length > 0
            ? (variants as Row[])
            : [{ content, locale_id: default_locale_id, default: true }]
        const id = store.nextId()
        const made: Row[] = []
        for (const one of texts) made.push(variant(store, one, id, made))
        return { id, name, placeholder, default_locale_id, outdated: false, variants: made }
      },
      update: ({ name }) => (name === undefined ? {} : { name }),
    }),
    'GET /dynamic_content/items/show_many': ({ asked }) => {
      const names = idsIn(asked, asked.query.has('identifiers') ? 'identifiers' : 'ids')
      const wanted = [...items(store).all()].filter(
        ({ id, placeholder }) => names.has(String(id)) || names.has(String(placeholder).slice(5, -2)),
      )
      return { items: wanted.map(items(store).row), next_page: null, previous_page: null, count: wanted.length }
    },
    ...variantRoutes(served),
  }
  return [{ who: 'agent', writers: 'admin', routes }]
}

const items = (store: Store) => store.table('dynamic_content')

const item = (store: Store, { params }: Call): Entry =>
  found(items(store).get(idOf(params['id'], 'api/v2/dynamic_content/items/show')))

const variantsOf = (entry: Entry) => entry['variants'] as readonly Row[]

const blank = (name: string) => invalid(name, `${name}: cannot be blank`, 'BlankValue')

function variant(store: Store, sent: Row, itemId: unknown, others: readonly Row[]): Row {
  const { content, locale_id, active = true } = sent
  if (typeof content !== 'string' || content === '') throw blank('content')
  if (store.table('locales').get(Number(locale_id)) === undefined)
    throw invalid('locale_id', 'Locale: is invalid', 'InvalidValue')
  if (others.some((one) => one['locale_id'] === locale_id))
    throw invalid('locale_id', 'Locale: has already been taken', 'DuplicateValue')
  const id = store.nextId()
  const url = `${store.base}/api/v2/dynamic_content/items/${itemId}/variants/${id}.json`
  const now = isoTime(store.clock.now())
  const flags = { active, default: others.length === 0 || sent['default'] === true, outdated: false }
  return { url, id, content, locale_id, ...flags, created_at: now, updated_at: now }
}

function save(store: Store, entry: Entry, variants: readonly Row[]) {
  items(store).change(entry.id, { variants, outdated: variants.some(({ outdated }) => outdated === true) })
}

function add(store: Store, entry: Entry, sent: readonly Row[]): Row[] {
  let variants = [...variantsOf(entry)]
  const made: Row[] = []
  for (const one of sent) {
    const next = variant(store, one, entry.id, variants)
    variants = [
      ...(next['default'] === true ? variants.map((other) => ({ ...other, default: false })) : variants),
      next,
    ]
    made.push(next)
  }
  save(store, entry, variants)
  return made
}

// When the default text changes, the others are outdated.
function change(store: Store, entry: Entry, id: number, sent: Row): Row {
  const before = found(variantsOf(entry).find((one) => one['id'] === id))
  const known = ['content', 'active', 'default', 'locale_id'].filter((key) => key in sent)
  const changes = Object.fromEntries(known.map((key) => [key, sent[key]]))
  const next: Row = { ...before, ...changes, outdated: false, updated_at: isoTime(store.clock.now()) }
  const stale = before['default'] === true && next['content'] !== before['content']
  const others = (one: Row): Row => ({
    ...one,
    ...(next['default'] === true ? { default: false } : {}),
    ...(stale ? { outdated: true } : {}),
  })
  save(
    store,
    entry,
    variantsOf(entry).map((one) => (one['id'] === id ? next : others(one))),
  )
  return next
}

function sentIn({ body }: Call, name: string): Row {
  const sent = body[name]
  if (typeof sent !== 'object' || sent === null) throw parameterMissing(name)
  return sent as Row
}

function variantRoutes({ store }: Served): Routes {
  return {
    'GET /dynamic_content/items/:id/variants': (call) => {
      const page = listPage(
        call.asked,
        byPosition(variantsOf(item(store, call))),
        'api/v2/dynamic_content/variants/index',
      )
      return { variants: page.items, ...page.envelope }
    },
    'GET /dynamic_content/items/:id/variants/:variant': (call) => {
      const id = idOf(call.params['variant'], 'api/v2/dynamic_content/variants/show')
      return { variant: found(variantsOf(item(store, call)).find((one) => one['id'] === id)) }
    },
    'POST /dynamic_content/items/:id/variants': (call) => {
      const [made] = add(store, item(store, call), [sentIn(call, 'variant')])
      return created({ variant: made }, made?.['url'])
    },
    'POST /dynamic_content/items/:id/variants/create_many': (call) =>
      reply(201, { variants: add(store, item(store, call), sentIn(call, 'variants') as unknown as Row[]) }),
    'PUT /dynamic_content/items/:id/variants/update_many': (call) => {
      const entry = item(store, call)
      const sent = sentIn(call, 'variants') as unknown as Row[]
      return { variants: sent.map((one) => change(store, entry, Number(one['id']), one)) }
    },
    'PUT /dynamic_content/items/:id/variants/:variant': (call) => {
      const id = idOf(call.params['variant'], 'api/v2/dynamic_content/variants/update')
      return { variant: change(store, item(store, call), id, sentIn(call, 'variant')) }
    },
    'DELETE /dynamic_content/items/:id/variants/:variant': (call) => {
      const entry = item(store, call)
      const id = idOf(call.params['variant'], 'api/v2/dynamic_content/variants/destroy')
      const one = found(variantsOf(entry).find((other) => other['id'] === id))
      if (one['default'] === true) throw invalid('base', 'The default variant cannot be deleted', 'InvalidValue')
      save(
        store,
        entry,
        variantsOf(entry).filter((other) => other['id'] !== id),
      )
      return noContent()
    },
  }
}

function invalid(name: string, description: string, error: string) {
  return recordInvalid({ [name]: [{ description, error }] })
}
