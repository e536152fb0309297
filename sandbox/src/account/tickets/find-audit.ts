import { ID_STRIDE } from '../ids.ts'
import type { Audit, CommentEvent } from '../model.ts'
import type { Store } from '../store.ts'

/**
 * The audit with this id, found by halving time: ids follow it, but for imported audits, which are kept by id. About
 * thirty looks, however many audits there are.
 */
export function auditOfId(store: Store, id: number): Audit | undefined {
  const imported = store.imported.get(id)
  if (imported !== undefined) return imported
  let low = 0
  let high = store.clock.now() + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const first = firstSince(store, middle)
    if (first === undefined || first.id > id) high = middle
    else low = middle + 1
  }
  const [found] = store.order.audits.from(low - 1, id - 1)
  return found?.id === id ? found : undefined
}

/** The comment that an id within an audit's ids belongs to: its own, or that of one of its files. */
export function commentOfId(
  store: Store,
  id: number,
): { readonly audit: Audit; readonly nth: number; readonly comment: CommentEvent } | undefined {
  const audit = auditOfId(store, auditIdOf(store, id))
  const nth = audit === undefined ? -1 : Math.floor((id - audit.id) / EVENT_IDS) - 1
  const comment = audit?.events[nth]
  return audit !== undefined && comment !== undefined && 'body' in comment ? { audit, nth, comment } : undefined
}

const EVENT_IDS = 128

// All ids are whole strides away from each other; an audit's events are in the room between.
function auditIdOf(store: Store, id: number): number {
  return id - ((((id - store.brand) % ID_STRIDE) + ID_STRIDE) % ID_STRIDE)
}

function firstSince(store: Store, time: number): Audit | undefined {
  for (const audit of store.order.audits.from(time, -1)) if (!store.imported.has(audit.id)) return audit
  return undefined
}
