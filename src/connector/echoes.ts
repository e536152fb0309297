// Echoes: records of the source that say nothing but what the writer wrote.
import type { RecordData } from '../model/reads.ts'
import type { GetPage } from '../model/stream.ts'
import type { AskedStream } from '../model/writer.ts'
import type { Ledger, Target } from '../model/writing.ts'
import { ledgerKeyOf, wantedOf } from '../write/batch-row.ts'
import { isAgreed } from '../write/two-ways.ts'
import type { AccountObject } from './operations.ts'

/** By stream of events: the column that says who made it. */
const ACTORS: Readonly<Record<string, string>> = { ticket_audits: 'author_id', ticket_events: 'updater_id' }

interface EchoOptions {
  readonly accountTarget: (asked: AskedStream) => Promise<{ target: Target; there: AccountObject }>
  readonly get: GetPage
  readonly ledger: () => Ledger
}

/** See `Writer.isEcho`. */
export function createEchoes({ accountTarget, get, ledger }: EchoOptions) {
  const targets = new Map<string, ReturnType<EchoOptions['accountTarget']>>()
  let me: Promise<unknown> | undefined
  const idOfMe = async (): Promise<unknown> => {
    const { user } = (await get({ path: 'users/me' })) as { readonly user?: { readonly id?: unknown } }
    return user?.id
  }
  return async (asked: AskedStream, record: RecordData): Promise<boolean> => {
    const actor = ACTORS[asked.object ?? asked.stream]
    if (actor !== undefined) {
      me ??= idOfMe()
      const id = await me
      return id !== undefined && String(record[actor]) === String(id)
    }
    const name = JSON.stringify(asked)
    const known = targets.get(name) ?? accountTarget(asked)
    targets.set(name, known)
    const { target, there } = await known
    const made = wantedOf(record, target, { ...there, readOnly: there.columns })
    if ('code' in made || made.key.length === 0) return false
    const key = ledgerKeyOf(target.key?.columns ?? [], made.key)
    return isAgreed(made.wanted, target.object, ledger().agreed(target.object.name, key))
  }
}
