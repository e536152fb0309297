import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { GREETING_CATEGORIES, PHONE_NUMBER_DEFAULTS } from '../../account/talk.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'
import { talkAgentRoutes } from './agents.ts'
import { talkExportRoutes } from './exports.ts'
import { talkStatsRoutes } from './stats.ts'

/** Talk: its switchboard, statistics, agents and exports, under `/channels/voice`. */
export function talkRoutes(served: Served): readonly Family[] {
  const base = '/api/v2/channels/voice'
  const read: Routes = {
    ...talkStatsRoutes(served),
    ...talkExportRoutes(served),
    ...linesRoutes(served),
    ...switchboardRoutes(served),
  }
  return [
    { who: 'agent', writers: 'admin', feature: 'talk', base, routes: read },
    { who: 'agent', feature: 'talk', base, routes: talkAgentRoutes(served) },
  ]
}

function switchboardRoutes(served: Served): Routes {
  const { store } = served
  const all = (items: readonly unknown[]): Row => ({ next_page: null, previous_page: null, count: items.length })
  const usual = (path: string, one: string, many: string) =>
    resourceRoutes(served, {
      path,
      one,
      many,
      table: many,
      operations: ['list', 'show', 'create', 'update', 'delete'],
      create: (sent) => {
        demandName(sent, 'name')
        return sent
      },
    })
  const ivrs = () => [...store.table('ivrs').all()]
  const ivr = (id: string | undefined): Entry => found(store.table('ivrs').get(idOf(id, 'api/v2/channels/voice/ivr')))
  const menus = (entry: Entry) => entry['menus'] as readonly Row[]
  const menu = (entry: Entry, id: string | undefined): Row =>
    found(menus(entry).find((one) => String(one['id']) === id))
  return {
    ...usual('/addresses', 'address', 'addresses'),
    ...usual('/greetings', 'greeting', 'greetings'),
    'GET /greeting_categories': () => ({ greeting_categories: GREETING_CATEGORIES, ...all(GREETING_CATEGORIES) }),
    'GET /greeting_categories/:id': ({ params }) => ({ greeting_category: categoryOf(params['id']) }),
    'GET /greeting_category/:id': ({ params }) => ({ greeting_category: categoryOf(params['id']) }),
    'GET /ivr': () => ({ ivrs: ivrs().map((one) => store.table('ivrs').row(one)), ...all(ivrs()) }),
    'GET /ivr/:id': ({ params }) => ({ ivr: store.table('ivrs').row(ivr(params['id'])) }),
    'POST /ivr': ({ body }) => {
      const sent = (body['ivr'] ?? {}) as Row
      demandName(sent, 'name')
      const first = { id: store.nextId(), name: sent['name'], default: true, greeting_id: null, routes: [] }
      const names = { name: sent['name'], menus: [first], phone_number_ids: sent['phone_number_ids'] ?? [] }
      return { ivr: store.table('ivrs').row(store.table('ivrs').add({ ...names, phone_number_names: [] })) }
    },
    'DELETE /ivr/:id': ({ params }) => {
      store.table('ivrs').remove(ivr(params['id']).id)
      return noContent()
    },
    'GET /ivr/:id/menus': ({ params }) => ({ ivr_menus: menus(ivr(params['id'])) }),
    'GET /ivr/:id/menus/:menu_id': ({ params }) => ({ ivr_menu: menu(ivr(params['id']), params['menu_id']) }),
    'GET /ivr/:id/menus/:menu_id/routes': ({ params }) => ({
      ivr_routes: menu(ivr(params['id']), params['menu_id'])['routes'],
    }),
  }
}

function linesRoutes(served: Served): Routes {
  const { store } = served
  const numbers = store.table('phone_numbers')
  const settings: Row = {
    ...{ voice: true, agent_confirmation_when_forwarding: true, agent_wrap_up_after_calls: true },
    ...{ maximum_queue_size: 5, maximum_queue_wait_time: 1, only_during_business_hours: false, recorded_public: true },
    ...{ uk_mobile_forwarding: true, supported_locales: [{ locale: 'en-US', name: 'English' }] },
  }
  return {
    ...resourceRoutes(served, {
      path: '/phone_numbers',
      one: 'phone_number',
      many: 'phone_numbers',
      table: 'phone_numbers',
      operations: ['list', 'show', 'create', 'update', 'delete'],
      create: (sent) => {
        demandName(sent, 'token')
        const number = `+1555010${String(store.nextId()).slice(-4)}`
        const names = { number, display_number: number, name: sent['nickname'] ?? number, brand_id: store.brand }
        return { ...PHONE_NUMBER_DEFAULTS, ...names, ...sent }
      },
    }),
    // Assumed (fact 378): numbers that could be bought, whose tokens `POST /phone_numbers` takes.
    'GET /phone_numbers/search': ({ asked }) => {
      const country = asked.query.get('country') ?? 'US'
      const free = ['+15550104001', '+15550104002'].map((number) => ({
        ...{ number, display_number: number, country_code: country, toll_free: false, location: null },
        ...{ token: Buffer.from(number).toString('hex'), price: '1.00', address_requirements: 'none' },
      }))
      return { phone_numbers: free, next_page: null, previous_page: null, count: free.length }
    },
    'GET /lines': () => {
      const lines = [...numbers.all()].map((one) => numbers.row(one))
      return { lines, next_page: null, previous_page: null, count: lines.length }
    },
    'GET /settings': () => ({ settings }),
    'PUT /settings': ({ body }) => {
      const sent = (body['settings'] ?? {}) as Row
      for (const name of Object.keys(settings)) if (sent[name] !== undefined) settings[name] = sent[name]
      return { settings }
    },
  }
}

function categoryOf(id: string | undefined): Row {
  return found(GREETING_CATEGORIES.find((one) => String(one.id) === id))
}

function demandName(sent: Row, name: string): void {
  if (typeof sent[name] !== 'string' || sent[name] === '')
    throw recordInvalid({ [name]: [{ description: `${name}: cannot be blank`, error: 'BlankValue' }] })
}
