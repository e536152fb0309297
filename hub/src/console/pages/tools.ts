// What every page works with.
import type { Context } from 'hono'
import type { Caller, ConsoleContext } from '../access/guard.ts'
import { isFromOurForm } from '../access/guard.ts'
import type { Address } from '../access/origin.ts'
import type { Invoke, Invoked } from '../api/invoke.ts'
import type { Asking, Hub } from '../console.ts'
import type { FormValues } from '../forms/parse.ts'
import type { Call } from '../operations/operation.ts'
import type { Markup } from './markup.ts'

export interface PageTools {
  readonly hub: Hub
  readonly invoke: Invoke
  readonly address: () => Address
}

/** A request for a page, by somebody who is signed in. */
export interface Visit extends PageTools {
  readonly context: ConsoleContext
  readonly caller: Caller
  readonly asked: Asking
  readonly hasFleet: boolean
  /** What was just done, and what went wrong, in words. */
  readonly done?: string | undefined
  readonly fault?: string | undefined
}

const DONE: Readonly<Record<string, string>> = {
  connected: 'Zendesk gave its consent. Test the connection, choose what to read, and start.',
  added: 'The connection is saved. Test it, choose what to read, and start.',
  saved: 'Saved.',
  removed: 'The connection is removed. What was loaded stays where it is.',
  started: 'The sync begins as soon as the account is free.',
  stopped: 'The sync ends after the page at hand.',
  again: 'The next sync reads these streams from their beginning.',
  filled: 'The start date is moved, and a sync begins.',
  ended: 'The token is ended.',
  installed: 'The webhook is as it should be.',
  rotated: 'The webhook has a new secret. The old one stays good for an hour.',
  uninstalled: 'The webhook is removed.',
  dry: 'The dry run begins as soon as the account is free. Nothing is written by it.',
  writing: 'It writes as soon as the account is free.',
  unwritten: 'It ends. What was written stays.',
  forgotten: 'The write is removed. What was written stays in Zendesk.',
  replaying: 'The rows are sent once more as soon as the account is free.',
}

export function visitOf(tools: PageTools, context: ConsoleContext): Visit {
  const caller = context.get('caller')!
  const done = DONE[context.req.query('done') ?? '']
  return {
    ...tools,
    context,
    caller,
    asked: { by: caller, origin: tools.address().origin },
    hasFleet: tools.hub.fleet !== undefined,
    ...(done !== undefined && { done }),
  }
}

/** What an operation answers to a page. Throws if it refuses. */
export async function answerOf<Answer>(
  { invoke, asked }: Visit,
  id: string,
  call: Partial<Call> = {},
): Promise<Answer> {
  const { status, body } = await invoke(id, call, asked)
  if (status >= 300) throw new PageFault(status, (body as { error: string }).error)
  return body as Answer
}

/** A page that cannot be shown: why not. */
export class PageFault extends Error {
  override readonly name = 'PageFault'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The fields of a form that a page of ours sent. Throws a PageFault for one from elsewhere. */
export async function formOf(visit: Visit): Promise<FormValues> {
  const parsed = await visit.context.req.parseBody({ all: true }).catch(() => {
    throw new PageFault(400, 'This is not a form.')
  })
  const form = Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  )
  if (!isFromOurForm(visit.caller, String(form['_csrf'] ?? '')))
    throw new PageFault(403, 'This form belongs to another session. Open the page again.')
  return form
}

export const errorIn = ({ body }: Invoked): string => (body as { error: string }).error

export const connectionPath = (name: string, more = ''): string => `/connections/${encodeURIComponent(name)}${more}`

/** Answers with a page. */
export const shown = (context: Context, page: Markup, status = 200): Response | Promise<Response> =>
  context.html(page as unknown as string, status as 200)
