import { inKeyOrder } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import { LOCALES } from '../../account/people/locales.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

/** A time within this many days after the account's creation, as the API writes it. */
type TimeWithin = (days: number) => string

/** Declares and writes languages, addresses, sharing agreements, targets, apps and dynamic content. */
export function generateConfiguration(store: Store, random: Random, created: number): void {
  const at: TimeWithin = (days) => isoTime(created + random.between(0, days) * 86_400 + random.between(0, 86_399))
  generateLocales(store)
  generateAddresses(store, at)
  generateAgreements(store, at)
  generateTargets(store, at)
  generateFailures(store, at)
  generateApps(store, at)
  generateDynamicContent(store, at)
}

function generateLocales(store: Store): void {
  // As a recorded one is: its address has its name, and the first one has no `created_at`.
  const locales = store.table('locales', { path: ({ locale }) => `/locales/${locale}` })
  for (const [id, locale, name, native] of LOCALES)
    locales.add({
      id,
      locale,
      name,
      native_name: native,
      presentation_name: name === native ? name : `${name} - ${native}`,
      rtl: locale === 'ar',
      created_at: id === 1 ? null : '2009-07-21T00:00:00Z',
      updated_at: '2024-02-29T23:59:59Z',
      default: id === 1,
    })
}

function generateAddresses(store: Store, at: TimeWithin): void {
  const addresses = store.table('recipient_addresses', { path: ({ id }) => `/recipient_addresses/${id}` })
  const verified = { spf_status: 'verified', cname_status: 'verified', domain_verification_status: 'verified' }
  const waiting = { spf_status: 'failed', cname_status: 'unknown', domain_verification_status: 'failed' }
  const list: readonly [name: string, email: string, isDefault: boolean, forwarding: string, rest: Row][] = [
    ['Northwind', 'support@northwind.zendesk.com', false, 'verified', { ...verified, domain_verification_code: null }],
    ['Northwind', 'support@northwind.example', true, 'verified', { ...verified, domain_verification_code: null }],
    [
      'Rückgabe 📦',
      'returns@northwind.example',
      false,
      'waiting',
      { ...waiting, domain_verification_code: '88c856e61f35b208' },
    ],
    [
      'サポート',
      'jp@northwind.example',
      false,
      'unknown',
      { ...waiting, domain_verification_code: '0000000000000000' },
    ],
  ]
  for (const [name, email, isDefault, forwarding_status, rest] of list)
    addresses.add({
      brand_id: store.brand,
      default: isDefault,
      name,
      email,
      forwarding_status,
      ...rest,
      created_at: at(300),
    })
}

function generateAgreements(store: Store, at: TimeWithin): void {
  const agreements = store.table('sharing_agreements', {
    path: ({ id }) => `/sharing_agreements/${id}`,
    row: inKeyOrder(
      'id',
      'url',
      'name',
      'type',
      'status',
      'partner_name',
      'remote_subdomain',
      'created_at',
      'updated_at',
    ),
  })
  for (const [name, type, status, remote_subdomain] of [
    ['Foo @ Northwind', 'inbound', 'accepted', 'foo'],
    ['Jira ⇄ tickets', 'outbound', 'pending', 'jira'],
  ] as const)
    agreements.add({ name, type, status, partner_name: null, remote_subdomain, created_at: at(300) })
}

function generateTargets(store: Store, at: TimeWithin): void {
  const targets = store.table('targets', { path: ({ id }) => `/targets/${id}` })
  const kinds: readonly [title: string, type: string, active: boolean, rest: Row][] = [
    ['On call 📟', 'email_target', true, { email: 'oncall@northwind.example', subject: 'Ticket {{ticket.id}}' }],
    [
      'Old hook',
      'url_target_v2',
      false,
      { target_url: 'https://hooks.northwind.example/z?x=1&y=ü', method: 'post', content_type: 'application/json' },
    ],
  ]
  for (const [title, type, active, rest] of kinds) targets.add({ title, type, active, created_at: at(300), ...rest })
}

function generateFailures(store: Store, at: TimeWithin): void {
  const failures = store.table('target_failures', {
    path: ({ id }) => `/target_failures/${id}`,
    row: inKeyOrder(
      'id',
      'url',
      'target_name',
      'status_code',
      'consecutive_failure_count',
      'created_at',
      'raw_request',
      'raw_response',
    ),
  })
  failures.add({
    target_name: 'Old hook',
    status_code: 401,
    consecutive_failure_count: 1,
    created_at: at(800),
    raw_request: 'POST /z?x=1&y=%C3%BC HTTP/1.1\r\nHost: hooks.northwind.example\r\n\r\n{}',
    raw_response: 'HTTP/1.1 401 Unauthorized\r\n\r\n',
  })
}

function generateApps(store: Store, at: TimeWithin): void {
  store.table('app_installations').add({
    app_id: 32,
    product: 'support',
    settings: { name: 'Weather ☔', title: 'Weather ☔' },
    enabled: true,
    paid: false,
    group_restrictions: [],
    role_restrictions: [],
    created_at: at(300),
  })
}

function generateDynamicContent(store: Store, at: TimeWithin): void {
  const items = store.table('dynamic_content', {
    path: ({ id }) => `/dynamic_content/items/${id}`,
    row: inKeyOrder(
      'url',
      'id',
      'name',
      'placeholder',
      'default_locale_id',
      'outdated',
      'created_at',
      'updated_at',
      'variants',
    ),
  })
  const list: readonly [name: string, texts: readonly [locale: number, content: string][]][] = [
    [
      'Greeting',
      [
        [1, 'Hello {{ticket.requester.name}} 👋'],
        [8, 'Grüß Gott,\n\n<b>schön</b>'],
      ],
    ],
    [
      'Germany',
      [
        [1, 'Germany'],
        [8, 'Deutschland'],
        [66, 'ألمانيا'],
      ],
    ],
    ['Long text', [[1, `${'Lorem ipsum. '.repeat(400)}\u2028end`]]],
  ]
  for (const [name, texts] of list) {
    const created_at = at(200)
    const id = store.nextId()
    const variants = texts.map(([locale_id, content], nth): Row => {
      const variant = store.nextId()
      const url = `${store.base}/api/v2/dynamic_content/items/${id}/variants/${variant}.json`
      const flags = { active: true, default: nth === 0, outdated: nth === 2 }
      return { url, id: variant, content, locale_id, ...flags, created_at, updated_at: created_at }
    })
    const placeholder = `{{dc.${name.toLowerCase().replaceAll(' ', '_')}}}`
    const outdated = variants.length > 2
    items.add({ id, name, placeholder, default_locale_id: 1, outdated, variants, created_at })
  }
}
