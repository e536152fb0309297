import type { Ticket } from '../../account/model.ts'
import { type Store, ticketOf } from '../../account/store.ts'
import {
  createRatings,
  type Rating,
  REASONS,
  rate,
  ratedTicketId,
  ratingOf,
} from '../../account/tickets/satisfaction.ts'
import { forbiddenPage, invalidPagination, parameterMissing } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { reversed, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { ratingRow, reasonRow } from '../../rows/satisfaction.ts'
import { createFaults } from '../input/faults.ts'
import { isRow, numberOf } from '../input/values.ts'
import { actorOf } from '../input/write.ts'
import { countRow, found, idOf, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'

/** Satisfaction ratings and the reasons for bad ones. */
export function satisfactionRatingRoutes({ store }: Served): readonly Family[] {
  const ratings = createRatings(store)
  const list = (asked: Asked, score?: string) => {
    const sequence = inAskedOrder(asked, wanted(asked, ratings(), score))
    const { items, envelope } = listPage(asked, sequence, 'api/v2/satisfaction_ratings/index')
    return { satisfaction_ratings: items.map((one) => ratingRow(store, one)), ...envelope }
  }
  const reading: Routes = {
    'GET /satisfaction_ratings': ({ asked }) => list(asked),
    'GET /satisfaction_ratings/received': ({ asked }) => list(asked, 'received'),
    'GET /satisfaction_ratings/count': ({ asked }) => countRow(store, wanted(asked, ratings())),
    'GET /satisfaction_ratings/:id': ({ params }) => {
      const id = idOf(params['id'], 'api/v2/satisfaction_ratings/show')
      const ticket = ticketOf(store, ratedTicketId(id))
      return { satisfaction_rating: ratingRow(store, found(ticket && ratingOf(ticket))) }
    },
    'GET /satisfaction_reasons': () => ({ reasons: REASONS.map((reason) => reasonRow(store, reason)) }),
    'GET /satisfaction_reasons/:id': ({ params }) => {
      const id = idOf(params['id'], 'api/v2/satisfaction_reasons/show')
      return { reason: reasonRow(store, found(REASONS.find((reason) => reason.id === id))) }
    },
  }
  const rating: Routes = {
    'POST /tickets/:ticket_id/satisfaction_rating': (call) => {
      const ticket = liveTicket(store, call.params['ticket_id'], 'api/v2/satisfaction_ratings/create')
      rateByRequester(store, ticket, call)
      return { satisfaction_rating: ratingRow(store, found(ratingOf(ticket))) }
    },
  }
  const feature = 'satisfaction_ratings'
  return [
    { who: 'admin', scope: 'satisfaction_ratings', feature, routes: reading },
    { who: 'end-user', scope: 'satisfaction_ratings', feature, routes: rating },
  ]
}

// The requester rates, once the ticket is solved. Assumed (fact 365): the words, and that a solved ticket can be rated
// unasked.
function rateByRequester(store: Store, ticket: Ticket, call: Call): void {
  if (call.caller.user?.id !== ticket.values.requester_id) throw forbiddenPage()
  const sent = call.body['satisfaction_rating']
  if (!isRow(sent)) throw parameterMissing('satisfaction_rating')
  const faults = createFaults()
  const { score, comment } = sent
  if (score !== 'good' && score !== 'bad') faults.add('score', 'Score: is not valid', 'InvalidValue')
  if (ticket.values.status !== 'solved') faults.add('ticket', 'Ticket: must be solved to be rated', 'InvalidValue')
  const place = REASONS.findIndex(({ id, code }) => id === numberOf(sent['reason_id']) || code === sent['reason_code'])
  faults.check()
  const said = { score: String(score), comment: typeof comment === 'string' ? comment : undefined, reason: place }
  rate(store, ticket, said, actorOf(call))
}

function wanted({ query }: Asked, all: readonly Rating[], score = query.get('score') ?? ''): readonly Rating[] {
  const [from, until] = [numberOf(query.get('start_time')), numberOf(query.get('end_time'))]
  return all.filter(
    (rating) =>
      (score === '' || hasScore(rating, score)) &&
      (from === undefined || rating.created >= from) &&
      (until === undefined || rating.created <= until),
  )
}

function hasScore({ score, ticket }: Rating, asked: string): boolean {
  const [, kind = '', , comment] = /^([a-z]+?)(_(with|without)_comment)?$/.exec(asked) ?? []
  const matches = kind === 'received' ? score === 'good' || score === 'bad' : score === kind
  const commented = ticket.rare?.ratingComment !== undefined
  return matches && (comment === undefined || commented === (comment === 'with'))
}

function inAskedOrder(asked: Asked, ratings: readonly Rating[]): Sequence<Rating> {
  const ascending = sorted(ratings, 'created_at,id', 'di', ({ created, ticket }) => [created, ticket.id])
  const { query } = asked
  if (!asksForCursor(asked)) return query.get('sort_order') === 'desc' ? reversed(ascending) : ascending
  const sort = query.get('sort') ?? ''
  if (!['', 'created_at', '-created_at'].includes(sort)) throw invalidPagination('sort is not valid')
  return sort === '-created_at' || query.get('sort_order') === 'desc' ? reversed(ascending) : ascending
}
