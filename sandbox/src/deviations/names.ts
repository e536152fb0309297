/**
 * What the sandbox can do otherwise than the project assumes of Zendesk, by the names that the assumptions have in
 * docs/zendesk-facts.md: for tests of whoever looks for such a thing.
 */
export const DEVIATIONS = [
  'packed-cursor',
  'packed-cursor-of-audits',
  'archived-shown',
  'metrics-shown',
  'search-columns',
  'newest-audits-first',
  'identities-beside',
  'channel-names',
  'one-field-an-entry',
  'restored-from-deleted',
  'breach-within-a-month',
  'rating-within-60-days',
  'deleted-record-name',
  'conversation-with-event',
  'conversations-beside',
  'far-end',
  'since-inclusive',
  'article-moves',
  'deleted-groups',
  'suspended-users',
  'start-too-recent',
  'closed-exports',
] as const

export type Deviation = (typeof DEVIATIONS)[number]
