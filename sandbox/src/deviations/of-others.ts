import type { Row } from '../account/model.ts'
import { Refusal } from '../http/errors.ts'
import { answering, type Deviant, type Deviants, without, withRows } from './deviant.ts'
import type { Deviation } from './names.ts'

const refuseFarEnd: Deviant = (handler) => (call) => {
  const [, end = ''] = call.asked.query.getAll('filter[created_at][]')
  if (Date.parse(end) > Date.parse('2090-01-01'))
    throw new Refusal(422, { error: 'InvalidValue', description: 'filter[created_at] must not end in the future' })
  return handler(call)
}

const refuseInOtherWords: Deviant = (handler) => (call) => {
  try {
    return handler(call)
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 400)) throw error
    throw new Refusal(400, { error: 'TooSoon', description: 'Try again in a minute' })
  }
}

/** Deviations of everything but tickets. */
export const OF_OTHERS = {
  'identities-beside': { 'GET /users': without('identities') },
  'deleted-record-name': {
    'GET /incremental/custom_objects/:key/cursor': withRows('custom_object_records', (rows) =>
      rows.map((row) => (row['name'] === '[DELETED]' ? { ...row, name: 'As it was' } : row)),
    ),
  },
  'far-end': { 'GET /audit_logs': refuseFarEnd },
  'article-moves': {
    'GET /help_center/articles': withRows('articles', (rows) =>
      rows.map((row) => ({ ...row, updated_at: row['created_at'] })),
    ),
  },
  'deleted-groups': { 'GET /groups': withRows('groups', (rows) => rows.filter(({ deleted }) => deleted !== true)) },
  'suspended-users': {
    'GET /users': answering((body) => {
      const users = (body['users'] as readonly Row[]).filter(({ suspended }) => suspended !== true)
      const ids = new Set(users.map(({ id }) => id))
      const identities = (body['identities'] as readonly Row[] | undefined)?.filter(({ user_id }) => ids.has(user_id))
      return { ...body, users, ...(identities && { identities }) }
    }),
  },
  'start-too-recent': { 'GET /incremental/organizations': refuseInOtherWords },
} as const satisfies Partial<Record<Deviation, Deviants>>
