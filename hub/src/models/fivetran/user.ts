import type { Model } from '../model.ts'
import { LIVING, SYNCED, same, times } from './columns.ts'

const SAME = `id organization_id name email phone external_id role locale time_zone ticket_restriction active suspended alias
  details notes signature url locale_id moderator only_private_comments restricted_agent shared shared_agent verified
  two_factor_auth_enabled chat_only custom_role_id default_group_id iana_time_zone role_type report_csv shared_phone_number`

export const user: Model = {
  name: 'user',
  about: 'Agents and end users; those that were deleted are marked.',
  from: ['users'],
  query: ({ present, member }) => `select ${same(SAME)}, ${member('t.photo', 'content_url')} as remote_photo_url,
    ${times('created_at updated_at last_login_at')},
    t._deleted_at is not null or t.active is false as _fivetran_deleted, ${SYNCED}
    from ${present('users')} as t`,
}

export const userTag: Model = {
  name: 'user_tag',
  about: 'A row for each tag of a user.',
  from: ['users'],
  query: ({ present, elements, elementText }) => `select t.id as user_id, ${elementText('x.element')} as tag, ${SYNCED}
    from ${present('users')} as t, lateral (${elements('t.tags')}) as x where ${LIVING}`,
}
