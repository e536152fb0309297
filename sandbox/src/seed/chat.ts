import { declareChat } from '../account/chat.ts'
import type { Row } from '../account/model.ts'
import { staffOf } from '../account/people/lookup.ts'
import type { User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'
import type { Random } from '../random.ts'

const YEAR = 365 * 86_400
const CHATS = 60

/** Writes Chat's settings and its chats: with agents, missed, and messages that were left while nobody was there. */
export function generateChat(store: Store, random: Random, latest: number): void {
  declareChat(store)
  const agents = staffOf(store).slice(0, 6)
  const [department] = [...store.groups.values()].filter(({ deleted }) => !deleted)
  const of = department === undefined ? [] : [department.id]
  for (const one of agents) store.table('chat_agents').add(agentRow(one, of, latest))
  if (department !== undefined)
    store.table('chat_departments').add({
      ...{ id: department.id, name: department.name, description: 'Chats about orders', enabled: true },
      ...{ members: agents.map(({ id }) => id), settings: { chat_enabled: true, support_group_id: department.id } },
    })
  for (const row of SETTINGS) store.table(row.table).add(row.row)
  for (let nth = 0; nth < CHATS; nth++) {
    const start = random.between(latest - YEAR, latest - 7200)
    store.table('chats').add(chatRow(nth, start, random, agents, of))
  }
}

const SETTINGS: readonly { readonly table: string; readonly row: Row & { readonly id: number | string } }[] = [
  ['hello', 'Hello! How can I help?', 'Yes/No'],
  ['bye', 'Tak, og på gensyn 👋', ''],
  ['wait', 'One moment, please.', ''],
]
  .map(([id = '', message = '', options = '']) => ({
    table: 'chat_shortcuts',
    row: { id, name: id, message, options, scope: 'all', tags: [id], departments: [], agents: [] } as Row & {
      id: string
    },
  }))
  .map((one): { table: string; row: Row & { id: number | string } } => one)
  .concat(
    [true, false].map((enabled, nth) => ({
      table: 'chat_triggers',
      row: {
        ...{ id: 66_000_001 + nth, name: `Greeting ${nth + 1}`, description: 'Greets who waits', enabled },
        definition: {
          ...{ event: 'page_enter', version: 1, editor: 'advanced' },
          condition: ['and', ['stillOnPage', 60], ['not', ['firedBefore']]],
          actions: [['sendMessageToVisitor', 'Support', 'Can we help?']],
        },
      },
    })),
    [1, 2].map((nth) => ({
      table: 'chat_goals',
      row: {
        ...{ id: 513_000 + nth, name: `Order ${nth}`, description: 'Somebody ordered', enabled: nth === 1 },
        ...{ attribution_model: 'first_touch', attribution_period: 15 },
        settings: { conditions: [{ operator: 'equals', type: 'url', value: 'https://shop.example/thanks' }] },
      },
    })),
    // More of one kind than a page has, and one of another behind them.
    Array.from({ length: 130 }, (_, nth) => ({
      table: 'chat_bans',
      row: {
        ...{ id: 70_000_000 + nth, type: nth === 3 || nth === 129 ? 'visitor' : 'ip_address', reason: 'Spam' },
        ...(nth === 3 || nth === 129
          ? { visitor_id: `3.${nth}`, visitor_name: `Visitor ${nth}` }
          : { ip_address: `203.0.113.${nth}` }),
        created_at: '2025-04-21T14:42:46Z',
      },
    })),
  )

function agentRow(
  { id, name, email, role }: User,
  departments: readonly number[],
  latest: number,
): Row & { id: number } {
  const [first_name = '', ...rest] = name.split(' ')
  return {
    ...{ id, display_name: name, first_name, last_name: rest.join(' '), email, enabled: true, role_id: 360_000 },
    ...{ roles: { administrator: role === 'admin', owner: false }, departments, enabled_departments: departments },
    ...{ skills: [], login_count: 3, last_login: isoTime(latest - 86_400), create_date: isoTime(latest - YEAR) },
  }
}

function chatRow(nth: number, start: number, random: Random, agents: readonly User[], departments: readonly number[]) {
  const isOffline = nth % 5 === 4
  const agent = isOffline || nth % 5 === 3 ? undefined : random.pick(agents)
  const duration = isOffline ? null : random.between(30, 1800)
  const end = start + (duration ?? 0)
  const id = `2511.10414779.S${String(nth).padStart(4, '0')}`
  const visitor = {
    id: `3.${1000 + nth}`,
    name: `Visitor ${nth}`,
    email: `visitor-${nth}@example.com`,
    phone: '',
    notes: '',
  }
  const said = (name: string, msg: string, at: number, more: Row = {}): Row => ({
    ...{ type: 'chat.msg', name, msg, timestamp: isoTime(at), channel: `#visitor:${id}`, msg_id: String(at) },
    ...more,
  })
  return {
    ...{ id, type: isOffline ? 'offline_msg' : 'chat', timestamp: isoTime(start), updated_at: isoTime(end + 60) },
    ...{ started_by: 'visitor', visitor, department_id: departments[0] ?? null, department_name: null, deleted: false },
    session: {
      ...{ id: `${id}.session`, browser: 'Firefox', platform: 'Linux', ip: '203.0.113.9', city: 'Aarhus' },
      ...{ region: 'Midtjylland', country_code: 'DK', country_name: 'Denmark', user_agent: 'Mozilla/5.0' },
      ...{ start_date: isoTime(start - 60), end_date: isoTime(end) },
    },
    webpath: [{ from: '', to: 'https://shop.example/', title: 'Shop', timestamp: isoTime(start - 30) }],
    ...{ unread: agent === undefined, tags: nth % 7 === 0 ? ['refund'] : [], zendesk_ticket_id: null },
    ...(isOffline
      ? { message: 'Is anybody there?' }
      : {
          ...{ end_timestamp: isoTime(end), duration, missed: agent === undefined, dropped: false, rating: null },
          ...{ comment: null, triggered: false, triggered_response: false, conversions: [] },
          ...{ agent_ids: agent ? [String(agent.id)] : [], agent_names: agent ? [agent.name] : [] },
          count: { visitor: 1, agent: agent ? 1 : 0, total: agent ? 2 : 1 },
          response_time: agent ? { first: 12, avg: 12.5, max: 13 } : { first: null, avg: null, max: null },
          history: [
            said(visitor.name, 'Where is my order? 📦', start + 1),
            ...(agent ? [said(agent.name, 'Let me see.', start + 13, { sender_type: 'Agent' })] : []),
          ],
        }),
  }
}
