import { inKeyOrder } from './key-order.ts'
import type { Store } from './store.ts'

const CHAT = [
  ...['id', 'type', 'timestamp', 'update_timestamp', 'end_timestamp', 'started_by', 'visitor', 'session', 'webpath'],
  ...['department_id', 'department_name', 'agent_ids', 'agent_names', 'history', 'count', 'response_time', 'duration'],
  ...['missed', 'unread', 'triggered', 'triggered_response', 'rating', 'comment', 'tags', 'conversions', 'message'],
  ...['deleted', 'dropped', 'zendesk_ticket_id'],
]

/** Declares the tables of Chat. Rows of its settings have no times. */
export function declareChat(store: Store): void {
  const row = inKeyOrder(...CHAT)
  store.table('chats', { ids: 'none', row: (one) => row({ ...one, update_timestamp: one['updated_at'] }) })
  const settings = (name: string, ...columns: readonly string[]) =>
    store.table(`chat_${name}`, { ids: 'none', row: inKeyOrder(...columns) })
  settings(
    'agents',
    ...['id', 'display_name', 'first_name', 'last_name', 'email', 'enabled', 'role_id', 'roles', 'departments'],
    ...['enabled_departments', 'skills', 'login_count', 'last_login', 'create_date'],
  )
  settings('departments', 'id', 'name', 'description', 'enabled', 'members', 'settings')
  settings('shortcuts', 'id', 'name', 'message', 'options', 'scope', 'tags', 'departments', 'agents')
  settings('triggers', 'id', 'name', 'description', 'enabled', 'definition')
  settings('bans', 'id', 'type', 'ip_address', 'visitor_id', 'visitor_name', 'reason', 'created_at')
  settings('goals', 'id', 'name', 'description', 'enabled', 'attribution_model', 'attribution_period', 'settings')
}
