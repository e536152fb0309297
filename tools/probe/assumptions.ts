import type { Assumption, NotAskable } from './assumption.ts'
import {
  breachWithinAMonth,
  channelNames,
  conversationsBeside,
  conversationWithEvent,
  oneFieldAnEntry,
  restoredFromDeleted,
} from './of-events.ts'
import { articleMoves, closedExports, farEnd } from './of-others.ts'
import { deletedGroups, deletedRecordName, identitiesBeside, startTooRecent, suspendedUsers } from './of-people.ts'
import {
  archivedShown,
  metricsShown,
  newestAuditsFirst,
  packedCursor,
  packedCursorOfAudits,
  ratingWithin60Days,
  searchColumns,
  sinceInclusive,
} from './of-tickets.ts'

/** What an account can be asked about by reading, in the order of docs/zendesk-facts.md. */
export const ASSUMPTIONS: readonly Assumption[] = [
  packedCursor,
  packedCursorOfAudits,
  archivedShown,
  metricsShown,
  searchColumns,
  newestAuditsFirst,
  identitiesBeside,
  channelNames,
  oneFieldAnEntry,
  restoredFromDeleted,
  breachWithinAMonth,
  ratingWithin60Days,
  deletedRecordName,
  conversationWithEvent,
  conversationsBeside,
  farEnd,
  sinceInclusive,
  articleMoves,
  deletedGroups,
  suspendedUsers,
  startTooRecent,
  closedExports,
]

/** What takes a write, or a wait. */
export const NOT_ASKABLE: readonly NotAskable[] = [
  {
    fact: 323,
    title: 'a change shows in the lists within 5 minutes',
    todo: 'change a ticket and ask tickets?sort=-updated_at&page[size]=1 each second',
  },
  {
    fact: 324,
    title: "a deletion's row is in the export a minute later",
    todo: 'delete a ticket and ask the export from that second on',
  },
  {
    fact: 325,
    title: 'permanent deletion and merging move the time of a deleted user',
    todo: 'merge two test users and ask deleted_users',
  },
  { fact: 326, title: 'the export of articles closes with the others', todo: 'run check once they close' },
  {
    fact: 327,
    title: "a redacted file does not give its comment's event again",
    todo: 'redact a file and read the event export from then on',
  },
  {
    fact: 328,
    title: 'events of side conversations of deleted tickets stay',
    todo: 'delete a ticket with a side conversation and read its events',
  },
  {
    fact: 329,
    title: 'an edited comment of a post may leave the post as it was',
    todo: "edit a comment and look at the post's updated_at",
  },
  {
    fact: 381,
    title: 'an event of a side conversation moves its ticket in the ticket export',
    todo: 'reply to a side conversation and read the ticket export from then on',
  },
]
