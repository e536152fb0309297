import type { OtherEvent, Row, Ticket } from '../../account/model.ts'
import { staffOf } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Random } from '../../random.ts'

/**
 * Gives one of the events that audits hold now and then (fact 142), about records that are there; undefined
 * where the account has none of the kind that it needs. Assumed (fact 362): the keys, after Zendesk's documentation of
 * audit events.
 */
export function createRareKinds(store: Store, random: Random): (ticket: Ticket) => OtherEvent | undefined {
  const entries = (table: string) => [...(store.tables.get(table)?.all() ?? [])]
  const [macros, agreements, articles] = [entries('macros'), entries('sharing_agreements'), entries('articles')]
  const agents = staffOf(store)
  const addresses = ['cc@example.org', 'zoë@exämple.example']
  const of = (from: readonly Entry[], values: (entry: Entry) => Row) =>
    from.length === 0 ? undefined : values(random.pick(from))
  const kinds: readonly (readonly [kind: string, values: (ticket: Ticket) => Row | undefined])[] = [
    ['MacroReference', () => of(macros, ({ id }) => ({ macro_id: String(id) }))],
    [
      'AgentMacroReference',
      () => of(macros, ({ id, title }) => ({ macro_id: String(id), macro_title: title, macro_deleted: false })),
    ],
    ['External', () => ({ resource: 'https://hooks.example.org/in?a=1&b=2', body: '{"text":"{{ticket.title}} 🚀"}' })],
    ['WebhookEvent', () => ({})],
    ['Push', () => ({ value: 'Ticket pushed to the tracker', value_reference: 'tracker' })],
    ['Error', () => ({ message: 'The mail could not be delivered: 550 5.1.1 <nobody@example.org>' })],
    // An error of another kind has a number (fact 296).
    ['Error', () => ({ message: 453 })],
    [
      'AnswerBotNotification',
      () =>
        of(articles, ({ id, title, locale, html_url }) => ({ body: [suggestion({ id, title, locale, html_url })] })),
    ],
    ['OrganizationActivity', () => ({ subject: 'New activity', body: 'See the ticket.', recipients: [agentId()] })],
    ['TicketSharingEvent', shared],
    ['EmailCcChange', () => ({ current_email_ccs: addresses, previous_email_ccs: addresses.slice(1) })],
    ['FollowerNotificationEvent', () => ({ subject: 'Re: your ticket', body: 'Hello', recipients: [agentId()] })],
    ['NotificationWithCcs', () => ({ subject: 'Re: your ticket', body: 'Hello', recipients: [agentId()] })],
    ['SmsNotification', () => ({ phone_number: '+15550100142', recipient_id: agentId(), body: 'ok 👍' })],
    ['ChatStartedEvent', ({ id }) => ({ value: { visitor_id: `1-${id}`, chat_id: `2611.${id}`, history: [] } })],
    ['ChatEndedEvent', ({ id }) => ({ value: { visitor_id: `1-${id}`, chat_id: `2611.${id}`, is_served: true } })],
    [
      'KnowledgeLinked',
      () => of(articles, ({ id, title, locale, html_url }) => ({ body: { article: { id, title, locale, html_url } } })),
    ],
    ['RoutingChannelEvent', () => ({ previous: null, current: 'messaging' })],
    ['OfferedToEvent', () => ({ assignee: agentId() })],
    ['LogMeInTranscript', () => ({ body: 'Session 1\nAgent joined\u2028Customer left' })],
    ['SurveyOffered', ({ values }) => ({ recipient_id: values.requester_id, survey_type: 'csat' })],
  ]
  return (ticket) => {
    const [kind, values] = random.pick(kinds)
    const given = values(ticket)
    return given === undefined ? undefined : { type: 'Other', kind, values: given }
  }

  function agentId(): number {
    return random.pick(agents).id
  }

  function shared(ticket: Ticket): Row | undefined {
    if (agreements.length === 0) return undefined
    const { id } = random.pick(agreements)
    if (typeof id === 'number') ticket.rare = { ...ticket.rare, shared: [id] }
    return { agreement_id: id, action: 'shared' }
  }
}

// An article that was suggested to a requester, as audits show it (fact 296).
function suggestion({ id, title, locale, html_url }: Row): Row {
  const article = { id, article_id: id, title, locale, url: html_url, html_url, score: 0.71 }
  return { article, viewed: true, reviews: { agent: ['up'], enduser: { reason: 'not_related' } } }
}
