import type { Row } from '../../account/model.ts'
import { type Refusal, recordInvalid } from '../../http/errors.ts'

/** What is wrong with a record that was sent, by field: one refusal names all of it. */
export type InputFaults = {
  readonly add: (field: string, description: string, error?: string, more?: Row) => void
  /** The 422. */
  readonly refusal: () => Refusal
  /** Throws the 422 if anything is wrong. */
  readonly check: () => void
}

/** Nothing is wrong yet. */
export function createFaults(): InputFaults {
  const details: Record<string, Row[]> = {}
  const refusal = () => recordInvalid(details)
  return {
    add: (field, description, error, more = {}) => {
      details[field] = [...(details[field] ?? []), { description, ...(error === undefined ? {} : { error }), ...more }]
    },
    refusal,
    check: () => {
      if (Object.keys(details).length > 0) throw refusal()
    },
  }
}

/** A closed ticket takes no changes (fact 56). */
export function closedTicket(): Refusal {
  return recordInvalid({ status: [{ description: 'Status: closed prevents ticket update' }] })
}
