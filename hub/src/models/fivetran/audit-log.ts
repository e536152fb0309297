import { type Model, utc } from '../model.ts'
import { SYNCED, same } from './columns.ts'

export const auditLog: Model = {
  name: 'audit_log',
  about: 'What administrators changed.',
  from: ['audit_logs'],
  query: ({ present, types }) => `select cast(t.id as ${types.integer}) as id,
    cast(t.actor_id as ${types.integer}) as actor_id, cast(t.source_id as ${types.integer}) as source_id,
    ${same('action change_description source_label source_type')}, ${utc('t.created_at')} as created_at, ${SYNCED}
    from ${present('audit_logs')} as t`,
}
