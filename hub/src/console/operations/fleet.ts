// The accounts of a fleet's store, as `zendesk-hub run` left them.
import { now } from '../../clock.ts'
import { type AccountSummary, listAccounts, showAccount, UnknownAccount } from '../../store/accounts.ts'
import type { Store } from '../../store/open.ts'
import { listRuns, type Run } from '../../store/runs.ts'
import { listStates } from '../../store/states.ts'
import type { Hub } from '../console.ts'
import { ACCOUNT_STATES, type AccountState, accountState } from './fleet-state.ts'
import {
  iso,
  listOf,
  type Operation,
  objectOf,
  orNull,
  Refusal,
  reference,
  type Schema,
  TIME,
  text,
  whole,
  yesNo,
} from './operation.ts'

export const FLEET_ACCOUNT: Schema = objectOf({
  id: text(),
  state: { enum: ACCOUNT_STATES },
  subdomain: text(),
  destination: text({ description: 'Without a password.' }),
  schedule: text(),
  tier: { enum: ['first', 'regular'], description: 'first: until all streams were complete once.' },
  is_paused: yesNo(),
  holder: orNull(text({ description: 'Who syncs it now.' })),
  outcome: orNull(text({ description: 'Of its last run.' })),
  began_at: orNull(TIME),
  ended_at: orNull(TIME),
  complete_at: orNull(TIME),
  failures: whole({ description: 'Runs that failed since it was complete.' }),
  error: orNull(text()),
  runs: whole(),
  rows: whole(),
  waited_seconds: { type: 'number' },
})

const RUN: Schema = objectOf({
  id: text(),
  holder: text(),
  outcome: text(),
  began_at: orNull(TIME),
  ended_at: orNull(TIME),
  rows: whole(),
  deletions: whole(),
  waited_seconds: { type: 'number' },
  error: orNull(text()),
})

export type FleetAccountView = ReturnType<typeof accountView>
export type FleetRunView = ReturnType<typeof runView>

/** A part of the list, and how many accounts are in each state. */
export interface FleetPart {
  /** That were asked for; `accounts` has some of them. */
  readonly total: number
  readonly states: Readonly<Record<AccountState, number>>
  readonly accounts: readonly FleetAccountView[]
}

export interface FleetAccount {
  readonly account: FleetAccountView
  readonly runs: readonly FleetRunView[]
  readonly streams: readonly { readonly stream: string; readonly stored_at: string | null }[]
}

const accountView = (one: AccountSummary, at: number) => ({
  ...{ id: one.id, state: accountState(one, at), subdomain: one.subdomain, destination: one.destination },
  ...{ schedule: one.schedule, tier: one.tier, is_paused: one.isPaused, holder: one.holder ?? null },
  ...{ outcome: one.outcome ?? null, began_at: iso(one.beganAt), ended_at: iso(one.endedAt) },
  ...{ complete_at: iso(one.completeAt), failures: one.failures, error: one.error ?? null },
  ...{ runs: one.runs, rows: one.rows, waited_seconds: one.waited / 1000 },
})

const runView = (run: Run) => ({
  ...{ id: run.id, holder: run.holder, outcome: run.outcome, began_at: iso(run.beganAt), ended_at: iso(run.endedAt) },
  ...{ rows: run.rows, deletions: run.deletions, waited_seconds: run.waited / 1000, error: run.error ?? null },
})

function storeOf({ fleet }: Hub): Store {
  if (fleet === undefined) throw new Refusal(404, 'This hub shows no fleet: start zendesk-hub serve with --store.')
  return fleet
}

const NONE = { 404: 'This hub has no store of a fleet, or it has no such account.' }

export const fleet: readonly Operation[] = [
  {
    ...{ id: 'listFleetAccounts', method: 'get', path: '/fleet/accounts', tag: 'Fleet', role: 'viewer', status: 200 },
    summary: 'The accounts of the store that `zendesk-hub serve --store` names: those that need a hand first.',
    query: {
      search: text({ maxLength: 100, description: 'A part of the id or of the subdomain.' }),
      state: { enum: ACCOUNT_STATES },
      from: whole({ minimum: 0, maximum: 1_000_000, description: 'The first one.' }),
      limit: whole({ minimum: 1, maximum: 1000, default: 50 }),
    },
    answer: objectOf({
      total: whole(),
      states: objectOf(Object.fromEntries(ACCOUNT_STATES.map((one) => [one, whole()]))),
      accounts: listOf(reference('FleetAccount')),
    }),
    refusals: NONE,
    async run(hub, { query: { search = '', state, from, limit } }): Promise<FleetPart> {
      const at = now()
      const all = (await listAccounts(storeOf(hub))).map((one) => ({ one, state: accountState(one, at) }))
      const states = Object.fromEntries(
        ACCOUNT_STATES.map((name) => [name, all.filter((account) => account.state === name).length]),
      ) as Record<AccountState, number>
      const sought = search.toLowerCase()
      const found = all
        .filter(({ one }) => `${one.id}\n${one.subdomain}`.toLowerCase().includes(sought))
        .filter((account) => state === undefined || account.state === state)
        .toSorted((a, b) => ACCOUNT_STATES.indexOf(a.state) - ACCOUNT_STATES.indexOf(b.state))
      const first = Number(from ?? 0)
      const accounts = found.slice(first, first + Number(limit ?? 50)).map(({ one }) => accountView(one, at))
      return { total: found.length, states, accounts }
    },
  },
  {
    ...{ id: 'showFleetAccount', method: 'get', path: '/fleet/accounts/{id}', tag: 'Fleet', role: 'viewer' },
    status: 200,
    summary: 'An account of the store, with its last runs and how far its streams were read.',
    params: { id: text({ minLength: 1, maxLength: 100 }) },
    answer: objectOf({
      account: reference('FleetAccount'),
      runs: listOf(RUN),
      streams: listOf(objectOf({ stream: text(), stored_at: orNull(TIME) })),
    }),
    refusals: NONE,
    async run(hub, { params: { id = '' } }): Promise<FleetAccount> {
      const store = storeOf(hub)
      const account = await showAccount(store, id).catch((error: unknown) => {
        throw error instanceof UnknownAccount ? new Refusal(404, error.message) : error
      })
      const runs = (await listRuns(store, { account: id, most: 50 })).map(runView)
      const streams = await listStates(store, id)
      return {
        account: accountView(account, now()),
        runs,
        streams: streams.map(({ stream, storedAt }) => ({ stream, stored_at: iso(storedAt) })),
      }
    },
  },
]
