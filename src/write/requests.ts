// The requests that a change takes, by what its object declares.
import type { CallRequest } from '../model/call.ts'
import type { Query } from '../model/page.ts'
import type { RecordData } from '../model/reads.ts'
import type { Allowed, WriteAction, WriteObject } from '../model/writing.ts'
import { markOf } from './batch-row.ts'
import { columnsIn, expectsOne, filled, pathOf } from './lists.ts'
import type { RowChange } from './plan.ts'

const METHODS = { create: 'POST', update: 'PUT', upsert: 'POST', delete: 'DELETE' } as const
const BULK = { create: 'create_many', update: 'update_many', upsert: 'create_or_update_many', delete: 'destroy_many' }

/** One bulk call for many changes of the same action. */
export function bulkRequest(object: WriteObject, action: WriteAction, portion: readonly RowChange[]): CallRequest {
  const { name, many = name, jobs } = object
  const streams = [portion[0]!.row.target.stream]
  const isRepeatable =
    (action !== 'create' && portion.every(({ comment }) => comment === undefined)) || action === 'delete'
  const items = portion.map(({ id, body }) => withoutParameters(object, action === 'update' ? { id, ...body } : body))
  if (jobs !== undefined) {
    const by = action === 'upsert' ? `create_or_update_by_${portion[0]!.row.target.key?.columns[0]}` : action
    const job = { action: by, items: action === 'delete' ? portion.map(({ id }) => id) : items }
    return { method: 'POST', path: jobs, body: { job }, isRepeatable, streams }
  }
  const query = parametersOf(object, portion[0]!.row.wanted)
  const request = { method: METHODS[action], path: `${pathOf(object)}/${BULK[action]}`, query, isRepeatable, streams }
  if (action === 'delete') return { ...request, query: { ids: portion.map(({ id }) => id).join(',') } }
  return { ...request, body: { [many]: items } }
}

const withoutParameters = ({ parameters = [] }: WriteObject, body: RecordData): RecordData =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !parameters.includes(name)))

const parametersOf = ({ parameters = [] }: WriteObject, wanted: RecordData): Query =>
  Object.fromEntries(parameters.flatMap((name) => (wanted[name] ? [[name, String(wanted[name])]] : [])))

/** The requests for one change, in their order: each is sent if the one before it succeeded. */
export function singleRequests(change: RowChange, allowed: Allowed): readonly CallRequest[] {
  const { row, action, body } = change
  const { translation, switches = {} } = row.target.object
  if (action !== 'update' || (translation === undefined && Object.keys(switches).length === 0))
    return [mainRequest(change, body, allowed)]
  const texts: Record<string, unknown> = {}
  const rest: Record<string, unknown> = {}
  const switched: string[] = []
  for (const [column, value] of Object.entries(body)) {
    const text = translation?.columns[column]
    if (text !== undefined) texts[text] = value
    else if (switches[column] !== undefined) switched.push(switches[column])
    else rest[column] = value
  }
  const at = { ...row.wanted, ...change.held, id: change.id }
  const locale = change.held?.['source_locale'] ?? change.held?.['locale']
  const streams = [row.target.stream]
  return [
    ...(Object.keys(rest).length > 0 ? [mainRequest(change, rest, allowed)] : []),
    ...(translation !== undefined && Object.keys(texts).length > 0
      ? [put(filled(translation.at, { ...at, locale }), { translation: texts }, streams)]
      : []),
    ...switched.map((path) => put(filled(path, at), {}, streams)),
  ]
}

const put = (path: string, body: object, streams: readonly string[]): CallRequest => ({
  method: 'PUT',
  path,
  body,
  isRepeatable: true,
  streams,
})

function mainRequest(change: RowChange, body: RecordData, allowed: Allowed): CallRequest {
  const { row, action, comment } = change
  const { object, stream } = row.target
  const { product, isIdempotent, createsByUpsert } = object
  const bucket = object.buckets?.[action]
  const isCreation = action === 'create'
  const sent =
    action === 'delete' ? undefined : enveloped(object, bodyOf(change, body), object.beside?.(action, allowed))
  return {
    method: object.methods?.[action] ?? METHODS[action],
    product,
    ...whereOf(change),
    ...(sent && { body: sent }),
    ...(bucket !== undefined && { bucket }),
    ...(isCreation && isIdempotent && { idempotencyKey: markOf(row.ledgerKey, body).slice(0, 40) }),
    isRepeatable: isCreation ? createsByUpsert === true : comment === undefined,
    // Where a look tells what became of it, an answer without the row is looked after.
    ...(isCreation && (row.key.length > 0 || isIdempotent) && { expects: expectsOne(object) }),
    streams: [stream],
  }
}

const enveloped = ({ product, one }: WriteObject, body: RecordData, beside: RecordData = {}): object =>
  product === 'sell' ? { data: body } : { [one]: body, ...beside }

/** The body without what stands in the path. An update that is an upsert by id has all that it needs. */
function bodyOf({ row, action, id, held }: RowChange, body: RecordData): RecordData {
  const { object } = row.target
  const inPath = [...columnsIn(object.at?.create), ...(object.parameters ?? [])]
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !inPath.includes(name)))
  if (action !== 'update' || object.methods?.update !== 'POST') return action === 'create' ? kept : body
  const needed = object.required.filter((name) => !inPath.includes(name)).map((name) => [name, held?.[name]])
  return { id, ...Object.fromEntries(needed), ...kept }
}

function whereOf({ row, action, id, held }: RowChange): Pick<CallRequest, 'path' | 'query'> {
  const { object, key } = row.target
  const { at = {}, createsByUpsert } = object
  const path = pathOf(object)
  const values = { ...row.wanted, ...held, id }
  const byKey = Object.fromEntries((key?.columns ?? []).map((column, nth) => [column, row.key[nth] ?? '']))
  if (action === 'create' && createsByUpsert && row.key.length > 0) return { path: `${path}/upsert`, query: byKey }
  if (action === 'create' || (action === 'update' && object.methods?.update === 'POST'))
    return { path: filled(at.create ?? path, values), query: parametersOf(object, row.wanted) }
  if (action === 'upsert' && object.jobs !== undefined) return { path, query: byKey }
  if (action === 'upsert') return { path: `${path}/create_or_update` }
  const one = at.one ?? `${path}/{id}`
  return { path: filled(action === 'delete' ? (at.delete ?? one) : one, values) }
}
