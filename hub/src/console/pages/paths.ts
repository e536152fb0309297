// How pages are added, and what becomes of their forms.
import type { Invoked } from '../api/invoke.ts'
import type { Call } from '../operations/operation.ts'
import type { Markup } from './markup.ts'
import { errorIn, shown, type Visit } from './tools.ts'

type Shown = Markup | Promise<Markup>

/** Adds a page, and a form that is sent to it. */
export interface Paths {
  get(path: string, show: (visit: Visit) => Shown): void
  post(path: string, act: (visit: Visit) => Promise<Response>): void
}

/** Does it, and goes to a page that says so; where it is refused, `refused` is shown with the reason. */
export async function done(
  visit: Visit,
  [id, call]: readonly [id: string, call: Partial<Call>],
  to: string,
  refused: (visit: Visit, outcome: Invoked) => Shown,
): Promise<Response> {
  const outcome = await visit.invoke(id, call, visit.asked)
  if (outcome.status < 300) return visit.context.redirect(to, 303)
  return await shown(visit.context, await refused({ ...visit, fault: errorIn(outcome) }, outcome), outcome.status)
}
