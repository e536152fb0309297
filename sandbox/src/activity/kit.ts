import type { Ticket } from '../account/model.ts'
import type { Mutations } from '../account/mutations.ts'
import type { User } from '../account/people/model.ts'
import { type Store, ticketOf } from '../account/store.ts'
import type { Entry } from '../account/table.ts'
import { createRandom, type Random } from '../random.ts'
import { createTexts, type Texts } from '../seed/tickets/texts.ts'

/** The tools of random changes. Each function that picks a record returns undefined if none fits. */
export type Kit = {
  readonly store: Store
  readonly account: Mutations
  readonly random: Random
  readonly texts: Texts
  readonly ticket: (fits: (ticket: Ticket) => boolean) => Ticket | undefined
  readonly record: <T>(records: ReadonlyMap<number, T>, fits?: (record: T) => boolean) => T | undefined
  /** A record of a table. */
  readonly entry: (table: string, fits?: (entry: Entry) => boolean) => Entry | undefined
  readonly customer: () => User | undefined
  readonly agent: () => User | undefined
}

/** A kind of change: its weight among all kinds, and the function that makes it, which returns false if it can't. */
export type ActivityKind = readonly [weight: number, act: (kit: Kit) => boolean]

/** Kinds of change by their names. */
export type Kinds = Readonly<Record<string, ActivityKind>>

/** A kit whose choices follow from a seed. */
export function createKit(store: Store, account: Mutations, seed: number): Kit {
  const random = createRandom(seed, 'activity')
  const oneOf = <T>(fitting: readonly T[]) => (fitting.length === 0 ? undefined : random.pick(fitting))
  const record: Kit['record'] = (records, fits = () => true) => oneOf([...records.values()].filter(fits))
  return {
    store,
    account,
    random,
    texts: createTexts(createRandom(1, 'activity texts')),
    record,
    entry: (table, fits = () => true) => oneOf([...store.table(table).all()].filter(fits)),
    ticket: (fits) => {
      for (let tries = 0; tries < 200; tries++) {
        const one = ticketOf(store, random.between(1, store.tickets.length))
        if (one !== undefined && fits(one)) return one
      }
      return undefined
    },
    customer: () => record(store.users, ({ role, deleted }) => role === 'end-user' && !deleted),
    agent: () => record(store.users, ({ role, deleted }) => role !== 'end-user' && !deleted),
  }
}

/** Acts on a picked record; returns false if there is none. */
export function on<T>(target: T | undefined, act: (target: T) => void): boolean {
  if (target === undefined) return false
  act(target)
  return true
}
