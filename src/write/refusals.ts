// What Zendesk's refusals mean: one code of a closed list for each.
import type { Reply } from '../model/call.ts'
import type { RecordData } from '../model/reads.ts'
import type { RejectCode, Rejection } from '../model/writing.ts'

/** By what is said, in the order in which it is looked for. The words of job results vary. */
const SAID: readonly (readonly [RegExp, RejectCode])[] = [
  [/more than one .* match|ambiguous/i, 'ambiguous_match'],
  [/updateconflict|safe update|conflict/i, 'conflict'],
  [/closed prevents|ticket is closed|\barchived\b/i, 'ticket_closed'],
  [/duplicatevalue|already (been taken|being used|a member|exists)/i, 'duplicate_value'],
  [/is deleted|has been deleted/i, 'target_deleted'],
  [/recordnotfound|not found|does not exist|couldn.t find/i, 'not_found'],
  [/blank|is required|too short|required/i, 'required_field'],
  [/too (long|large|many)|toomanyvalues/i, 'too_large'],
  [/forbidden|not (allowed|authorized|permitted)|access denied/i, 'forbidden'],
]
const BY_STATUS: Readonly<Record<number, RejectCode>> = {
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
}

/** Zendesk's text is kept up to so many characters. */
const LONGEST = 1_000

/** The rejection of a row that Zendesk refused. */
export function rejectionOf({ status, body, requestId }: Reply): Rejection {
  const message = textOf(body) || `HTTP ${status}`
  const said = codeOf(`${JSON.stringify(body['error'] ?? '')} ${message}`)
  const code = said === 'ambiguous_match' ? said : (BY_STATUS[status] ?? said)
  return { code, message, status, ...(requestId !== undefined && { requestId }) }
}

/** The rejection of a row by what its line in a job's results says. */
export const rejectionOfLine = (line: RecordData): Rejection => {
  const said = [line['error'], line['details'], line['message'], line['errors']].filter((one) => one !== undefined)
  const message = said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(': ')
  return { code: codeOf(message), message: message.slice(0, LONGEST) }
}

const codeOf = (text: string): RejectCode => SAID.find(([pattern]) => pattern.test(text))?.[1] ?? 'invalid_value'

/** What a refusal says: its details by field, or its description. */
export function textOf(body: RecordData): string {
  const { error, description, details, errors } = body
  const fields = Object.entries((details ?? {}) as RecordData).map(([field, all]) => {
    const said = (Array.isArray(all) ? all : [all]).map((one) => {
      const { description: text, error: code } = (one ?? {}) as RecordData
      return [text, code].filter((part) => typeof part === 'string').join(' ') || JSON.stringify(one)
    })
    return `${field}: ${said.join(', ')}`
  })
  const { title, message } = (typeof error === 'object' && error !== null ? error : {}) as RecordData
  const parts = [typeof error === 'string' ? error : title, message, description, ...fields]
  const all = parts.filter((part) => typeof part === 'string')
  return (errors === undefined ? all : [...all, JSON.stringify(errors)]).join(': ').slice(0, LONGEST)
}
