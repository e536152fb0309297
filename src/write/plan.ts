// Decides what has to be done for a row, by what Zendesk holds: most often nothing.
import type { RecordData } from '../model/reads.ts'
import type { Agreed, Rejection, RowOutcome, TagChange, WriteAction } from '../model/writing.ts'
import { withAudienceTags } from './audience-rows.ts'
import { type BatchRow, markOf } from './batch-row.ts'
import { differenceOf, sentFields, tagList } from './compare.ts'
import type { Held } from './match.ts'
import type { WriteTools } from './tools.ts'
import { agreedOf, sharedOf } from './two-ways.ts'

/** What is to be sent for a row. */
export interface RowChange {
  readonly row: BatchRow
  readonly action: WriteAction
  readonly id?: number | string
  readonly body: RecordData
  readonly tags?: TagChange
  /** Under which the ledger knows its comment. */
  readonly comment?: string
  /** What both sides have once it is written, of streams that share their fields with Zendesk. */
  readonly agreed?: Agreed
  /** Zendesk only matches while it writes: what needs a comparison is done once the id is known. */
  readonly isFirstHalf?: true
}

export type Planned =
  | { readonly change: RowChange }
  | { readonly outcome: RowOutcome /** What both sides have. */; readonly agreed?: Agreed }

const unchanged = (id: unknown): Planned => ({ outcome: { kind: 'unchanged', id: id as number } })
const rejected = (rejection: Rejection): Planned => ({ outcome: { kind: 'rejected', rejection } })

/** What is to be done for a row. `held`: what was found under its key; undefined if that cannot be looked up. */
export async function planOf(row: BatchRow, held: Held | undefined, tools: WriteTools): Promise<Planned> {
  const { target, key } = row
  const { object, mode } = target
  const live = held?.filter((one) => object.isDeleted?.(one) !== true) ?? []
  if (live.length > 1)
    return rejected({
      code: 'ambiguous_match',
      message: `${live.length} ${object.name} have the key "${key.join(', ')}".`,
    })
  const [found] = live
  if (mode === 'soft_delete') {
    const isById = target.key?.columns[0] === 'id'
    if (held === undefined && !isById)
      return rejected({
        code: 'not_found',
        message: `Deletions need the id, or a key that can be looked up: "${key.join(', ')}" cannot.`,
      })
    const id = held === undefined ? Number(key[0]) : found?.['id']
    if (id === undefined) return unchanged(undefined)
    return { change: { row, action: 'delete', id: id as number, body: {} } }
  }
  if (found !== undefined) return changeOf(row, found, tools)
  if (mode === 'update') {
    const isDeleted = (held?.length ?? 0) > 0
    const code = isDeleted ? 'target_deleted' : 'not_found'
    return rejected({
      code,
      message: `${object.name} "${key.join(', ')}" ${isDeleted ? 'was deleted' : 'is not there'}.`,
    })
  }
  if (key.length === 0 && tools.ledger.known(object.name, row.ledgerKey)) return unchanged(undefined)
  const { conflicts } = target
  if (conflicts && conflicts.policy !== 'source_wins' && tools.ledger.agreed(object.name, row.ledgerKey))
    return rejected({
      code: 'target_deleted',
      message: `${object.name} "${key.join(', ')}" was deleted in Zendesk, and the policy is "${conflicts.policy}".`,
    })
  if (row.hasLeft && held !== undefined) return unchanged(undefined)
  return creationOf(row, held === undefined, tools)
}

function creationOf(row: BatchRow, isMatchedByZendesk: boolean, tools: WriteTools): Planned {
  const { object } = row.target
  const { id: _, tags: given, description, ...rest } = row.wanted
  const tags = row.tags === undefined ? given : [...tagList(given), ...row.tags.add]
  const fields = object.fields && rest[object.fields.name]
  const body: RecordData = {
    ...rest,
    ...(fields !== undefined && object.fields && { [object.fields.name]: sentFields(fields as RecordData, object) }),
    ...(object.comment === undefined
      ? { ...(description !== undefined && { description }) }
      : { [object.comment]: rest[object.comment] ?? description }),
  }
  const missing = object.required.filter((name) => isMissing(body[name]))
  const isUpsert = isMatchedByZendesk && row.key.length > 0 && object.bulk.includes('upsert')
  if (missing.length > 0 && !isUpsert)
    return rejected({ code: 'required_field', message: `${missing.join(', ')}: none is created without.` })
  // Tags of somebody who is there already would be replaced.
  const isFirstHalf = isUpsert && (row.tags !== undefined || (!isMissing(tags) && tools.tagsMode !== 'set'))
  const hasTags = tags !== undefined && !isFirstHalf && (isUpsert || row.tags || tools.tagsMode !== 'remove')
  return checked(
    {
      row,
      action: isUpsert ? 'upsert' : 'create',
      body: { ...body, ...(hasTags && { tags }) },
      ...(isFirstHalf && { isFirstHalf }),
      ...(row.target.conflicts && { agreed: agreedOf(row.wanted, object) }),
    },
    tools,
  )
}

async function changeOf(row: BatchRow, found: RecordData, tools: WriteTools): Promise<Planned> {
  const { target, ledgerKey } = row
  const { object, mode, conflicts: rules } = target
  const id = found['id'] as number
  const base = rules && tools.ledger.agreed(object.name, ledgerKey)
  const shared = rules
    ? sharedOf(row.wanted, found, { object, rules, base, changedAt: row.changedAt })
    : { wanted: row.wanted }
  if ('code' in shared) return rejected(shared)
  const { wanted } = shared
  const difference = withAudienceTags(differenceOf(wanted, found, object, tools.tagsMode), found, row.tags)
  if (mode === 'append') {
    const isOurs = tools.ledger.known(object.name, ledgerKey) || tools.wasIntended?.has(`${object.name} ${ledgerKey}`)
    if (difference === undefined || isOurs) return unchanged(id)
    return rejected({
      code: 'duplicate_value',
      message: `"${row.key.join(', ')}" is there already, with other values.`,
    })
  }
  const comment = object.comment === undefined ? undefined : wanted[object.comment]
  const isNew = !isMissing(comment) && !(await wasAdded(row, id, tools))
  if (difference === undefined && !isNew)
    return { outcome: { kind: 'unchanged', id }, ...('agreed' in shared && { agreed: shared.agreed }) }
  if (found['status'] === 'closed' && object.comment !== undefined)
    return rejected({ code: 'ticket_closed', message: `Ticket ${id} is closed: it cannot change any more.` })
  const body = { ...difference?.body, ...(isNew && { [object.comment ?? '']: comment }) }
  const { tags } = difference ?? {}
  const isGuarded = rules !== undefined && object.safeUpdates === true && Object.keys(body).length > 0
  return checked(
    {
      row,
      action: 'update',
      id,
      // Somebody who changed it since it was read is not written over: it is read and decided once more.
      body: isGuarded ? { ...body, safe_update: true, updated_stamp: found['updated_at'] } : body,
      ...(tags && { tags }),
      ...(rules && { agreed: agreedOf(wanted, object) }),
    },
    tools,
  )
}

/** The change as it may be sent: quietly, with a mark on its comment; or why it must not be. */
function checked(change: RowChange, { allowed }: WriteTools): Planned {
  const { row, action, body } = change
  const { object } = row.target
  const reason = object.refuses?.(body, allowed)
  if (reason !== undefined) return rejected({ code: 'forbidden', message: reason })
  const isCommented = object.comment !== undefined && !isMissing(body[object.comment])
  const comment = isCommented ? commentKeyOf(row) : undefined
  const isEmpty = action === 'update' && Object.keys(body).length === 0
  const quiet = isEmpty ? body : (object.quiet?.(body, action, allowed) ?? body)
  const marked = comment === undefined ? quiet : { ...quiet, metadata: { [MARK]: comment } }
  return { change: { ...change, body: marked, ...(comment !== undefined && { comment }) } }
}

/** The member of an audit's metadata that holds the mark of a comment. */
const MARK = 'connector_comment'

/** Under which the ledger knows the comment of a row: its text on its ticket, which is added once. */
export const commentKeyOf = ({ ledgerKey, wanted }: BatchRow): string => {
  const given = wanted['comment'] ?? wanted['description']
  const text =
    typeof given === 'object' && given !== null
      ? ((given as RecordData)['html_body'] ?? (given as RecordData)['body'])
      : given
  return `comment:${markOf(ledgerKey, text).slice(0, 32)}`
}

/** Whether a comment was added before, according to the ledger, or to the newest audits of the ticket. */
async function wasAdded(row: BatchRow, id: number, { ledger, call }: WriteTools): Promise<boolean> {
  const mark = commentKeyOf(row)
  const { name } = row.target.object
  if (ledger.known(name, mark)) return true
  const query = { 'page[size]': 100, sort: '-created_at' }
  const { body } = await call({ method: 'GET', path: `${name}/${id}/audits`, query })
  const audits = (body['audits'] ?? []) as readonly RecordData[]
  return audits.some(({ metadata }) => {
    const { custom } = (metadata ?? {}) as RecordData
    return ((custom ?? {}) as RecordData)[MARK] === mark
  })
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''
