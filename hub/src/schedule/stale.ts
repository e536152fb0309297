// Says once that a connection's data is older than promised, and once more only after it was fresh again.
import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../clock.ts'
import type { Health } from './keep.ts'

const MINUTE = 60_000

export interface StaleOptions {
  readonly health: () => readonly Health[]
  /** Takes a sentence about a connection. */
  readonly stale: (connection: string, sentence: string) => Promise<void>
  readonly signal: AbortSignal
  /** Milliseconds between two looks. */
  readonly every?: number
}

/** Looks until the signal is given. */
export async function watchFreshness({ health, stale, signal, every = MINUTE }: StaleOptions): Promise<void> {
  const said = new Set<string>()
  while (!signal.aborted) {
    for (const { name, isFresh, completeAt, error } of health()) {
      if (isFresh) said.delete(name)
      else if (!said.has(name)) {
        said.add(name)
        await stale(name, sentence(completeAt, error))
      }
    }
    await pause(every, undefined, { signal }).catch(() => undefined)
  }
}

function sentence(completeAt: number | undefined, error: string | undefined): string {
  const age =
    completeAt === undefined ? 'No sync was complete yet' : `The last complete sync ended ${ageOf(completeAt)} ago`
  return `${age}: the data is older than promised.${error === undefined ? '' : ` ${error}`}`
}

function ageOf(time: number): string {
  const minutes = Math.round((now() - time) / MINUTE)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}
