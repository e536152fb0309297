import { recordsOf } from '../../account/custom-objects/objects.ts'
import { isFault, recordValues } from '../../account/custom-objects/values.ts'
import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { tooManyValues } from '../../http/errors.ts'
import type { Call } from '../../http/family.ts'
import type { Served } from '../served.ts'
import { startJob } from '../settings/job-statuses.ts'
import { objectRefusal } from './errors.ts'

const ACTIONS = [
  'create',
  'update',
  'delete',
  'delete_by_external_id',
  'create_or_update_by_external_id',
  'create_or_update_by_name',
] as const
const LARGEST = 100

/** Starts a bulk write of records: `{job: {action, items}}`. */
export function recordJob(served: Served, key: string, { body, caller }: Call): Row {
  const { action, items } = (body['job'] ?? {}) as Row
  const known = ACTIONS.find((one) => one === action)
  if (known === undefined) throw objectRefusal(400, 'BadRequest', `action ${action} is not valid`)
  if (!Array.isArray(items) || items.length === 0) throw objectRefusal(400, 'BadRequest', 'items are missing')
  if (items.length > LARGEST) throw tooManyValues()
  const by = String(caller.user?.id)
  // Assumed (fact 376): the name of the job, and its lines.
  return startJob(served, {
    type: 'Bulk Custom Object Records',
    items: items as (Row | string)[],
    act: (item, index) => ({ index, ...line(served, key, known, item, by) }),
    messageOf: (index) => `Working on record #${index}`,
  })
}

function line({ store }: Served, key: string, action: (typeof ACTIONS)[number], item: Row | string, by: string): Row {
  const table = recordsOf(store, key)
  const sent = typeof item === 'string' ? {} : item
  const by_external = action.endsWith('external_id')
  const field = by_external ? 'external_id' : action.endsWith('name') ? 'name' : 'id'
  const wanted = typeof item === 'string' ? item : sent[field]
  const before: Entry | undefined =
    action === 'create' ? undefined : [...table.all()].find((one) => wanted !== undefined && one[field] === wanted)
  if (action.startsWith('delete')) {
    if (before === undefined) return { id: wanted, success: false, error: 'RecordNotFound', details: 'Not found' }
    table.remove(before.id)
    return { id: before.id, action: 'delete', status: 'Deleted', success: true }
  }
  if (action === 'update' && before === undefined)
    return { id: wanted, success: false, error: 'RecordNotFound', details: 'Not found' }
  const values = recordValues(store, key, sent, before)
  if (isFault(values)) return { success: false, error: 'UnprocessableEntity', details: values.title }
  if (before !== undefined) {
    table.change(before.id, { ...values, updated_by_user_id: by })
    return { id: before.id, action: 'update', status: 'Updated', success: true }
  }
  const { id } = table.add({ ...values, created_by_user_id: by, updated_by_user_id: by })
  return { id, action: 'create', status: 'Created', success: true }
}
