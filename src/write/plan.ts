// Decides what has to be done for a row, by what Zendesk holds: most often nothing.
import type { RecordData } from '../model/reads.ts'
import type { Agreed, RejectCode, RowOutcome, TagChange, WriteAction } from '../model/writing.ts'
import { withAudienceTags } from './audience-rows.ts'
import { type BatchRow, markOf } from './batch-row.ts'
import { differenceOf, sentFields, tagList } from './compare.ts'
import { pathOf, unreadable } from './lists.ts'
import { hasLongComment } from './long-comments.ts'
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
  /** What is known of it, for paths and for what is written beside it. */
  readonly held?: RecordData
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
const rejected = (code: RejectCode, message: string): Planned => ({
  outcome: { kind: 'rejected', rejection: { code, message } },
})

/** What is to be done for a row. `held`: what was found under its key; undefined if that cannot be looked up. */
export async function planOf(row: BatchRow, held: Held | undefined, tools: WriteTools): Promise<Planned> {
  const { target, key } = row
  const { object, mode } = target
  const live = distinct(held?.filter((one) => object.isDeleted?.(one) !== true) ?? [])
  if (live.length > 1)
    return rejected('ambiguous_match', `${live.length} ${object.name} have the key "${key.join(', ')}".`)
  const [found] = live
  if (mode === 'soft_delete') return deletionOf(row, held, found)
  if (found !== undefined) return changeOf(row, found, tools)
  if (mode === 'update' || object.adds) {
    const isDeleted = (held?.length ?? 0) > 0
    const what = `${object.name} "${key.join(', ')}" ${isDeleted ? 'was deleted' : 'is not there'}.`
    return rejected(isDeleted ? 'target_deleted' : 'not_found', what)
  }
  const isUnseen = key.length === 0 || object.isHidden?.(row.wanted) === true
  if (isUnseen && tools.ledger.known(object.name, row.ledgerKey)) return unchanged(undefined)
  const { conflicts } = target
  if (conflicts && conflicts.policy !== 'source_wins' && tools.ledger.agreed(object.name, row.ledgerKey))
    return rejected(
      'target_deleted',
      `${object.name} "${key.join(', ')}" was deleted in Zendesk, and the policy is "${conflicts.policy}".`,
    )
  if (row.hasLeft && held !== undefined) return unchanged(undefined)
  if (object.isHidden?.(row.wanted) && tools.wasIntended?.has(`${object.name} ${row.ledgerKey}`))
    return rejected('not_confirmed', 'An earlier run was about to write it, and no look-up finds whether it did.')
  if (held === undefined && target.key?.find === 'show_many' && !object.bulk.includes('upsert'))
    return rejected('invalid_value', `The key "${key.join(', ')}" has a comma: Zendesk cannot look it up.`)
  return creationOf(row, held === undefined, tools)
}

/** One that a look-up gave twice is one: `17` and `17.0` are the same id to Zendesk. */
const distinct = (held: Held): Held => [...new Map(held.map((one) => [one['id'] ?? one, one])).values()]

function deletionOf(row: BatchRow, held: Held | undefined, found: RecordData | undefined): Planned {
  const { target, key } = row
  const isById = target.key?.columns[0] === 'id'
  if (held === undefined && !isById)
    return rejected(
      'not_found',
      `A deletion needs the id, or a key that can be looked up: "${key.join(', ')}" cannot be.`,
    )
  const id = held === undefined ? key[0] : found?.['id']
  if (id === undefined) return unchanged(undefined)
  return { change: { row, action: 'delete', id: id as number, body: {}, ...(found && { held: found }) } }
}

function creationOf(row: BatchRow, isMatchedByZendesk: boolean, tools: WriteTools): Planned {
  const { object } = row.target
  const isUpsert = isMatchedByZendesk && row.key.length > 0 && object.bulk.includes('upsert')
  const isRemoving = tools.sets.mode === 'remove'
  // Sets of somebody who is there already would be replaced.
  const withoutSets = isUpsert && tools.sets.mode !== 'set'
  const { id: _, description, ...rest } = row.wanted
  const body: Record<string, unknown> = {
    ...rest,
    ...(object.comment === undefined
      ? { ...(description !== undefined && { description }) }
      : { [object.comment]: rest[object.comment] ?? description }),
  }
  if (object.comment !== undefined && isMissing(body[object.comment])) delete body[object.comment]
  const missing = object.required.filter((one) => !isGiven(one, body))
  if (missing.length > 0 && !isUpsert)
    return rejected(
      'required_field',
      `A new row of ${object.name} needs ${missing.join(', ').replaceAll('|', ' or ').replaceAll('?', '')}.`,
    )
  let isFirstHalf = isUpsert && row.tags !== undefined
  for (const name of object.sets ?? []) {
    if (withoutSets && !isMissing(body[name])) isFirstHalf = true
    if (withoutSets || isRemoving) delete body[name]
  }
  if (row.tags !== undefined && !isUpsert) body['tags'] = [...tagList(body['tags']), ...row.tags.add]
  const fields = object.fields && (body[object.fields.name] as RecordData | undefined)
  if (fields !== undefined && object.fields) {
    const kinds = tools.fieldKinds(object.name)
    const isSet = (field: string): boolean => kinds.get(field)?.type === 'multiselect'
    const sent = Object.entries(fields).filter(([field]) => !isSet(field) || !(withoutSets || isRemoving))
    isFirstHalf ||= withoutSets && sent.length < Object.keys(fields).length
    body[object.fields.name] = sentFields(Object.fromEntries(sent), object)
  }
  const agreedTo = row.target.conflicts && { agreed: agreedOf(row.wanted, object) }
  return checked(
    {
      row,
      action: isUpsert ? 'upsert' : 'create',
      body,
      ...(isFirstHalf && { isFirstHalf }),
      held: row.wanted,
      ...agreedTo,
    },
    tools,
  )
}

/** Whether a body has what none is created without. */
const isGiven = (required: string, body: RecordData): boolean =>
  required
    .split('|')
    .some((name) => (name.endsWith('?') ? body[name.slice(0, -1)] !== undefined : !isMissing(body[name])))

async function changeOf(row: BatchRow, found: RecordData, tools: WriteTools): Promise<Planned> {
  const { target, ledgerKey } = row
  const { object, mode, conflicts: rules } = target
  const id = found['id'] as number
  const base = rules && tools.ledger.agreed(object.name, ledgerKey)
  const shared = rules
    ? sharedOf(row.wanted, found, { object, rules, base, changedAt: row.changedAt })
    : { wanted: row.wanted }
  if ('code' in shared) return { outcome: { kind: 'rejected', rejection: shared } }
  const { wanted } = shared
  const rule = { sets: tools.sets, kinds: tools.fieldKinds(object.name) }
  const difference = withAudienceTags(differenceOf(wanted, found, object, rule), found, row.tags)
  if (mode === 'append' && !object.adds) {
    const isOurs = tools.ledger.known(object.name, ledgerKey) || tools.wasIntended?.has(`${object.name} ${ledgerKey}`)
    if (difference === undefined || isOurs) return unchanged(id)
    return rejected('duplicate_value', `"${row.key.join(', ')}" is there already, with other values.`)
  }
  const comment = object.comment === undefined ? undefined : wanted[object.comment]
  const isNew = !isMissing(comment) && !(await wasAdded(row, id, tools))
  if (difference === undefined && !isNew)
    return { outcome: { kind: 'unchanged', id }, ...('agreed' in shared && { agreed: shared.agreed }) }
  if (found['status'] === 'closed' && object.comment !== undefined)
    return rejected('ticket_closed', `Ticket ${id} is closed, so it can no longer change.`)
  const other = otherLanguage(row, found)
  if (other !== undefined) return other
  const changed = difference?.body ?? {}
  const fixed = object.fixed?.find((name) => changed[name] !== undefined)
  if (fixed !== undefined)
    return rejected('invalid_value', `"${fixed}" of ${object.name} cannot change after it was created.`)
  const off = Object.keys(object.switches ?? {}).find((name) => changed[name] !== undefined && changed[name] !== true)
  if (off !== undefined)
    return rejected('invalid_value', `"${off}" cannot be switched off. Switch it on for another of the ${object.name}.`)
  const body = { ...changed, ...(isNew && { [object.comment ?? '']: comment }) }
  const { tags } = difference ?? {}
  const isGuarded = rules !== undefined && object.safeUpdates === true && Object.keys(body).length > 0
  return checked(
    {
      row,
      action: 'update',
      id,
      // Somebody who changed it since it was read is not written over: it is read and decided once more.
      body: isGuarded ? { ...body, safe_update: true, updated_stamp: found['updated_at'] } : body,
      held: { ...found, ...keysOf(row) },
      ...(tags && { tags }),
      ...(rules && { agreed: agreedOf(wanted, object) }),
    },
    tools,
  )
}

/** What stands in paths and not in rows. */
const keysOf = ({ target, key }: BatchRow): RecordData =>
  Object.fromEntries((target.key?.columns ?? []).flatMap((name, nth) => (name === 'id' ? [] : [[name, key[nth]]])))

/** Texts are those of one language; others are written as translations. */
function otherLanguage({ target, wanted }: BatchRow, found: RecordData): Planned | undefined {
  const { translation, one } = target.object
  const [asked, own] = [wanted['locale'], found['source_locale'] ?? found['locale']]
  if (translation === undefined || isMissing(asked) || String(asked).toLowerCase() === String(own).toLowerCase())
    return undefined
  const message = `It is written in "${own}": its texts in "${asked}" are rows of ${one}_translations.`
  return rejected('invalid_value', message)
}

/** The change as it may be sent: quietly, with a mark on its comment; or why it must not be. */
function checked(change: RowChange, { allowed }: WriteTools): Planned {
  const { row, action, body } = change
  const { object } = row.target
  const reason = object.refuses?.(body, allowed, action)
  if (reason !== undefined) return rejected('forbidden', reason)
  if (hasLongComment(body, object))
    return rejected('too_large', 'A comment has more than 64 kB: Zendesk would cut it off without an error.')
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
  const { source_id } = (typeof given === 'object' && given !== null ? given : {}) as RecordData
  return `comment:${markOf(ledgerKey, text, ...(source_id === undefined ? [] : [source_id])).slice(0, 32)}`
}

/** Whether a comment was added before, according to the ledger, or to the newest audits of the ticket. */
async function wasAdded(row: BatchRow, id: number, { ledger, call }: WriteTools): Promise<boolean> {
  const mark = commentKeyOf(row)
  const { object } = row.target
  if (ledger.known(object.name, mark)) return true
  const query = { 'page[size]': 100, sort: '-created_at' }
  const path = `${pathOf(object)}/${id}/audits`
  const reply = await call({ method: 'GET', path, query, expects: { list: 'audits' } })
  // Nobody knows then whether it was: to send it once more would add it twice.
  if (reply.status >= 300 && reply.status !== 404) throw unreadable(path, reply)
  const audits = (reply.body['audits'] ?? []) as readonly RecordData[]
  return audits.some(({ metadata }) => {
    const { custom } = (metadata ?? {}) as RecordData
    return ((custom ?? {}) as RecordData)[MARK] === mark
  })
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''
