// What streams cost: those that are read together share their requests.

/** By stream: what it is read with. A stream that is not named has a list of its own. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  'the ticket export': ['tickets', 'ticket_metrics'],
  'the ticket event export': [
    'ticket_comments',
    'ticket_events',
    'ticket_field_history',
    'ticket_attachments',
    'ticket_audits',
  ],
  'the metric event export': ['ticket_metric_events'],
  'the organization export': ['organizations'],
  'the user export': ['users', 'user_identities'],
  'the call export': ['calls'],
  'the call leg export': ['call_legs'],
  'the article export': ['articles'],
  'the side conversation export': ['side_conversations', 'side_conversation_events'],
  'the list of ticket forms': ['ticket_forms', 'ticket_form_conditions_agent', 'ticket_form_conditions_end_user'],
  'the list of schedules': ['schedules', 'schedule_holidays'],
}

/** Streams below another one take a request for each of its rows that changed. */
const BELOW: Readonly<Record<string, string>> = {
  article_comments: 'article',
  article_votes: 'article',
  article_comment_votes: 'comment',
  article_attachments: 'article',
  article_translations: 'article',
  post_comments: 'post',
  post_votes: 'post',
  post_comment_votes: 'comment',
}

export interface Cost {
  /** What it is read with; streams that name the same one share its requests. */
  readonly read_with: string
  /** In words. */
  readonly note: string
}

const sharedBy = new Map(
  Object.entries(SHARED).flatMap(([walk, streams]) => streams.map((stream) => [stream, walk] as const)),
)

/** What a stream costs, in words, before anything was measured. */
export function costOf(stream: string): Cost {
  const walk = sharedBy.get(stream)
  if (walk !== undefined) {
    const others = SHARED[walk]!.filter((one) => one !== stream)
    const shared = others.length === 0 ? '' : `; ${others.join(', ')} come with it`
    return {
      read_with: walk,
      note: walk.endsWith('export') ? `up to 1,000 rows a request${shared}` : `100 rows a request${shared}`,
    }
  }
  const parent = BELOW[stream]
  if (parent !== undefined)
    return { read_with: `a list for each ${parent}`, note: `a request for each ${parent} that changed` }
  return { read_with: 'a list of its own', note: '100 rows a request' }
}
