import { type Model, utc } from '../model.ts'

/** Columns of `users` that stay as they are. */
const SAME = `id organization_id name email phone external_id role locale time_zone ticket_restriction active suspended alias
  details notes signature url locale_id moderator only_private_comments restricted_agent shared shared_agent verified
  two_factor_auth_enabled chat_only custom_role_id default_group_id iana_time_zone role_type report_csv shared_phone_number`

export const user: Model = {
  name: 'user',
  about: 'Agents and end users; those that were deleted are marked.',
  from: ['users'],
  query: ({ present, member }) => `select ${SAME.split(/\s+/)
    .map((name) => `t.${name}`)
    .join(', ')},
    ${member('t.photo', 'content_url')} as remote_photo_url, ${utc('t.created_at')} as created_at,
    ${utc('t.updated_at')} as updated_at, ${utc('t.last_login_at')} as last_login_at,
    t._deleted_at is not null or t.active is false as _fivetran_deleted, ${utc('t._loaded_at')} as _fivetran_synced
    from ${present('users')} as t`,
}
