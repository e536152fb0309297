import { type Model, utc } from '../model.ts'

const VERSION = `${utc('v.updated_at')}`

export const ticketFormHistory: Model = {
  name: 'ticket_form_history',
  about: 'Ticket forms: each version that a sync has seen.',
  from: ['ticket_forms'],
  query: ({ own, present, member, types }) => `select v.id, ${VERSION} as updated_at,
    ${utc(`cast(${member('v.record', 'created_at')} as ${types.time})`)} as created_at,
    ${member('v.record', 'name')} as name, ${member('v.record', 'display_name')} as display_name,
    cast(${member('v.record', 'active')} as ${types.boolean}) as active,
    cast(${member('v.record', 'end_user_visible')} as ${types.boolean}) as end_user_visible,
    t.id is null as _fivetran_deleted, ${VERSION} as _fivetran_synced
    from ${own('_versions')} as v
    left join ${present('ticket_forms')} as t on t.id = v.id and t._deleted_at is null
    where v.stream = 'ticket_forms'`,
}

export const slaPolicyMetricHistory: Model = {
  name: 'sla_policy_metric_history',
  about: 'Targets of SLA policies: of each version that a sync has seen.',
  from: ['sla_policies'],
  query: ({ own, elements, member, types }) => `select v.id as sla_policy_id, ${VERSION} as sla_policy_updated_at,
    cast(x.place as ${types.integer}) as "index", ${member('x.element', 'metric')} as metric,
    ${member('x.element', 'priority')} as priority, cast(${member('x.element', 'target')} as ${types.integer}) as target,
    cast(${member('x.element', 'business_hours')} as ${types.boolean}) as business_hours, ${VERSION} as _fivetran_synced
    from ${own('_versions')} as v,
    lateral (${elements(`cast(${member('v.record', 'policy_metrics')} as ${types.json})`)}) as x
    where v.stream = 'sla_policies'`,
}

export const ticketSlaPolicy: Model = {
  name: 'ticket_sla_policy',
  about: 'When which SLA policy was applied to which ticket.',
  from: ['ticket_metric_events'],
  query: ({ present, member, types }) => `select t.ticket_id,
    cast(${member('t.sla', 'policy', 'id')} as ${types.integer}) as sla_policy_id, ${utc('t.time')} as policy_applied_at,
    max(${utc('t._loaded_at')}) as _fivetran_synced
    from ${present('ticket_metric_events')} as t where t.type = 'apply_sla' group by 1, 2, 3`,
}
