import type { ColumnType } from '../../table/column.ts'
import { LIVING, type Model, picked, type Tables } from '../model.ts'
import { asText } from './columns.ts'

/** What there is to say of an interaction; each kind says some of it. */
type Saying =
  | 'happened_at'
  | 'person'
  | 'agent_id'
  | 'ticket_id'
  | 'organization_id'
  | 'direction'
  | 'channel'
  | 'is_public'
  | 'subject'
  | 'body'
  | 'score'

/** A kind of interaction: `person` is the customer's user id. */
interface InteractionKind {
  /** The stream, and its columns that are read as `t`. */
  readonly stream: string
  readonly wanted: Readonly<Record<string, ColumnType>>
  readonly id: string
  readonly says: Readonly<Partial<Record<Saying, string>>>
  /** What else is read beside `t`; and which rows count. */
  readonly beside?: string
  readonly where?: string
  /** The customer among `people`, where it may be no user: source and source_id. */
  readonly people?: readonly [source: string, id: string]
}

/** The streams below tickets, by what they add. */
const ALSO = {
  ticket_comments: 'comments',
  calls: 'calls',
  side_conversations: 'side conversations',
  satisfaction_ratings: 'ratings',
  posts: 'community posts',
  post_comments: 'comments on community posts',
  chats: 'chats',
}

export const interactions: Model = {
  name: 'interactions',
  about:
    'All that was said with customers: tickets, comments, calls, side conversations, ratings, community posts and their comments, chats.',
  from: ['users', 'tickets'],
  also: ALSO,
  columns: {
    interaction_id: 'its kind, and the id of what it is made of; of a side conversation also the place of the partner',
    kind: '`ticket`, `comment`, `call`, `side_conversation`, `rating`, `post`, `post_comment` or `chat`',
    happened_at: 'when it was; of a rating, when it was given',
    contact_id: 'the customer: the requester, the caller, the partner, the author or the visitor',
    company_id: 'the organization of the ticket, else the company of the contact',
    agent_id: 'the user who serves the ticket, wrote the comment or took the call',
    ticket_id: 'the ticket that it belongs to',
    direction: '`inbound` from the customer, `outbound` to the customer',
    channel: 'by which way, as Zendesk names it',
    is_public: 'whether the customer may see it',
    subject: 'its subject',
    body: 'its text',
    score: 'of a rating: `good` or `bad`',
  },
  query(tables) {
    const hasCompanies = tables.has('organizations')
    const kinds = Object.entries(kindsIn(tables)).filter(([, { stream }]) => tables.has(stream))
    const company = hasCompanies ? 'coalesce(o.company_id, c.company_id)' : 'c.company_id'
    return `select i.interaction_id, i.kind, i.happened_at, p.contact_id, ${company} as company_id, i.agent_id, i.ticket_id, i.direction,
        i.channel, i.is_public, i.subject, i.body, i.score
      from (${kinds.map(([kind, one]) => queryOf(tables, kind, one)).join(' union all ')}) as i
      left join ${tables.model('people')} as p on p.source = i.source and p.source_id = i.source_id
      left join ${tables.model('contacts')} as c on c.contact_id = p.contact_id
      ${hasCompanies ? `left join ${tables.model('companies')} as o on o.company_id = i.organization_id` : ''}`
  },
}

const TYPES: Readonly<Record<Exclude<Saying, 'person'>, ColumnType>> = {
  happened_at: 'time',
  agent_id: 'integer',
  ticket_id: 'integer',
  organization_id: 'integer',
  direction: 'text',
  channel: 'text',
  is_public: 'boolean',
  subject: 'text',
  body: 'text',
  score: 'text',
}

function queryOf(
  tables: Tables,
  kind: string,
  { stream, wanted, id, says, beside, where, people }: InteractionKind,
): string {
  const columns = Object.entries(TYPES).map(
    ([name, type]) => `cast(${says[name as Saying] ?? 'null'} as ${tables.types[type]}) as ${name}`,
  )
  const [source, sourceId] = people ?? ["'user'", asText(tables, says.person!)]
  return `select '${kind}:' || ${asText(tables, id)} as interaction_id, '${kind}' as kind, ${source} as source, ${sourceId} as source_id, ${columns.join(', ')}
    from ${picked(tables, stream, wanted, LIVING)} as t ${beside ?? ''} where ${where ?? 'true'}`
}

/** Users, to know agents from customers. */
const users = (tables: Tables): string => picked(tables, 'users', { id: 'integer', role: 'text' })

/** The ticket that something belongs to. */
const ticket = (tables: Tables): string =>
  `left join ${picked(tables, 'tickets', { id: 'integer', requester_id: 'integer', organization_id: 'integer', subject: 'text' })} as k on k.id = t.ticket_id`

function kindsIn(tables: Tables): Readonly<Record<string, InteractionKind>> {
  return { ...onTickets(tables), ...besideTickets(tables), ...elsewhere(tables) }
}

function onTickets(tables: Tables): Readonly<Record<string, InteractionKind>> {
  const { member } = tables
  return {
    ticket: {
      stream: 'tickets',
      wanted: {
        ...{
          id: 'integer',
          requester_id: 'integer',
          submitter_id: 'integer',
          assignee_id: 'integer',
          created_at: 'time',
        },
        ...{ organization_id: 'integer', via: 'json', is_public: 'boolean', subject: 'text', status: 'text' },
      },
      id: 't.id',
      where: "t.status is distinct from 'deleted'",
      says: {
        ...{ happened_at: 't.created_at', person: 't.requester_id', agent_id: 't.assignee_id', ticket_id: 't.id' },
        ...{ organization_id: 't.organization_id', channel: member('t.via', 'channel'), is_public: 't.is_public' },
        ...{ direction: "case when t.submitter_id = t.requester_id then 'inbound' else 'outbound' end" },
        subject: 't.subject',
      },
    },
    comment: {
      stream: 'ticket_comments',
      wanted: {
        ...{ id: 'integer', ticket_id: 'integer', author_id: 'integer', created_at: 'time', public: 'boolean' },
        ...{ via: 'json', plain_body: 'text', body: 'text' },
      },
      id: 't.id',
      beside: `${ticket(tables)} left join ${users(tables)} as a on a.id = t.author_id`,
      says: {
        // An end user who writes is the customer, also somebody in copy; what agents write goes to the requester.
        ...{ happened_at: 't.created_at', person: "case when a.role = 'end-user' then a.id else k.requester_id end" },
        ...{ agent_id: "case when a.role <> 'end-user' then a.id end", ticket_id: 't.ticket_id' },
        ...{ organization_id: 'k.organization_id', channel: member('t.via', 'channel'), is_public: 't."public"' },
        ...{ direction: "case when a.role = 'end-user' then 'inbound' else 'outbound' end", subject: 'k.subject' },
        body: 'coalesce(t.plain_body, t.body)',
      },
    },
  }
}

function besideTickets(tables: Tables): Readonly<Record<string, InteractionKind>> {
  const { member } = tables
  const user = member('x.element', 'user_id')
  return {
    rating: {
      stream: 'satisfaction_ratings',
      wanted: {
        ...{ id: 'integer', ticket_id: 'integer', requester_id: 'integer', assignee_id: 'integer', score: 'text' },
        ...{ comment: 'text', updated_at: 'time' },
      },
      id: 't.id',
      beside: ticket(tables),
      where: "t.score in ('good', 'bad')",
      says: {
        ...{
          happened_at: 't.updated_at',
          person: 't.requester_id',
          agent_id: 't.assignee_id',
          ticket_id: 't.ticket_id',
        },
        ...{ organization_id: 'k.organization_id', direction: "'inbound'", subject: 'k.subject', body: 't.comment' },
        score: 't.score',
      },
    },
    side_conversation: {
      stream: 'side_conversations',
      wanted: {
        ...{ id: 'text', ticket_id: 'integer', subject: 'text', preview_text: 'text', participants: 'json' },
        created_at: 'time',
      },
      id: `t.id || ':' || ${asText(tables, 'x.place')}`,
      beside: `${ticket(tables)} cross join lateral (${tables.elements('t.participants')}) as x
        left join ${users(tables)} as a on ${asText(tables, 'a.id')} = ${user}`,
      people: [
        `case when ${user} is null then 'side_conversation' else 'user' end`,
        `coalesce(${user}, lower(trim(${member('x.element', 'email')})))`,
      ],
      // Agents who take part are not those who are talked to.
      where: "coalesce(a.role, 'end-user') = 'end-user'",
      says: {
        ...{
          happened_at: 't.created_at',
          ticket_id: 't.ticket_id',
          channel: "'side_conversation'",
          is_public: 'false',
        },
        ...{
          organization_id: 'k.organization_id',
          direction: "'outbound'",
          subject: 't.subject',
          body: 't.preview_text',
        },
      },
    },
  }
}

function elsewhere(tables: Tables): Readonly<Record<string, InteractionKind>> {
  const post = { author_id: 'integer', created_at: 'time' } as const
  const posted = {
    happened_at: 't.created_at',
    person: 't.author_id',
    channel: "'community'",
    direction: "'inbound'",
  } as const
  return {
    call: {
      stream: 'calls',
      wanted: {
        ...{ id: 'integer', ticket_id: 'integer', customer_id: 'integer', agent_id: 'integer', direction: 'text' },
        created_at: 'time',
      },
      id: 't.id',
      beside: ticket(tables),
      says: {
        ...{ happened_at: 't.created_at', person: 'coalesce(t.customer_id, k.requester_id)', agent_id: 't.agent_id' },
        ...{ ticket_id: 't.ticket_id', organization_id: 'k.organization_id', direction: 't.direction' },
        ...{ channel: "'voice'", subject: 'k.subject' },
      },
    },
    post: {
      stream: 'posts',
      wanted: { id: 'integer', ...post, title: 'text', details: 'text' },
      id: 't.id',
      says: { ...posted, is_public: 'true', subject: 't.title', body: 't.details' },
    },
    post_comment: {
      stream: 'post_comments',
      wanted: { id: 'integer', ...post, body: 'text' },
      id: 't.id',
      says: { ...posted, is_public: 'true', body: 't.body' },
    },
    chat: {
      stream: 'chats',
      wanted: {
        ...{ id: 'text', timestamp: 'time', zendesk_ticket_id: 'integer', started_by: 'text' },
        message: 'text',
      },
      id: 't.id',
      people: ["'chat'", 't.id'],
      says: {
        ...{ happened_at: 't."timestamp"', ticket_id: 't.zendesk_ticket_id', channel: "'chat'", is_public: 'true' },
        ...{ direction: "case when t.started_by = 'visitor' then 'inbound' else 'outbound' end", body: 't.message' },
      },
    },
  }
}
