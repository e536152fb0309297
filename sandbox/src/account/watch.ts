import type { Audit, Ticket } from './model.ts'

/** Called after changes of the account. The functions do nothing until webhooks replace them. */
export type Watch = {
  /** An audit was written and has its id. */
  audit: (audit: Audit) => void
  /** Does something whose audits are those of imports. */
  importing: <T>(act: () => T) => T
  /** A ticket was deleted as spam, by this user. */
  spam: (ticket: Ticket, author: number) => void
  /** A deleted ticket was deleted for good. */
  scrubbed: (ticket: Ticket) => void
  /** Something has been written; the function must find out by itself what it was. */
  written: () => void
}

/** Nobody listens. */
export function createWatch(): Watch {
  return { audit: () => {}, importing: (act) => act(), spam: () => {}, scrubbed: () => {}, written: () => {} }
}
