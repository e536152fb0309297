import { LIVING, type Model, picked } from '../model.ts'

export const slaTargets: Model = {
  name: 'sla_targets',
  about:
    'A row for each target that a SLA policy set for a ticket: of each reply that was waited for, and each period of the others.',
  from: ['tickets', 'ticket_metrics', 'ticket_metric_events'],
  columns: {
    ticket_id: 'the ticket',
    metric: 'what is measured: `reply_time`, `requester_wait_time` and so on',
    instance_id: 'which time it is measured on this ticket, from 1',
    policy_id: 'the policy that set the target last',
    policy: 'its title then',
    target_minutes: 'the target',
    is_business: 'whether minutes of business hours are meant',
    applied_at: 'when a policy applied last',
    fulfilled_at: 'when the measurement ended; null while it goes on',
    breached_at: 'when the target was missed; null where it was not: a breach that lies ahead, or was averted, is none',
    is_breached: 'whether it was missed',
  },
  query(tables) {
    const { member, types, model } = tables
    const sla = (...path: string[]): string => member('e.sla', ...path)
    const events = picked(
      tables,
      'ticket_metric_events',
      {
        ...{ id: 'integer', ticket_id: 'integer', metric: 'text', instance_id: 'integer', type: 'text', time: 'time' },
        ...{ sla: 'json', deleted: 'boolean' },
      },
      `${LIVING} and t.deleted is not true`,
    )
    return `with events as ${events}, applied as (
        select distinct on (e.ticket_id, e.metric, e.instance_id) e.* from events as e
        where e.type = 'apply_sla' order by e.ticket_id, e.metric, e.instance_id, e.time desc, e.id desc
      ), ended as (
        select ticket_id, metric, instance_id, min(case when type = 'fulfill' then time end) as fulfilled_at,
          min(case when type = 'breach' and time <= now() then time end) as breached_at
        from events group by 1, 2, 3
      ) select e.ticket_id, e.metric, e.instance_id, cast(${sla('policy', 'id')} as ${types.integer}) as policy_id,
        ${sla('policy', 'title')} as policy, cast(${sla('target')} as ${types.integer}) as target_minutes,
        cast(${sla('business_hours')} as ${types.boolean}) as is_business, e.time as applied_at, d.fulfilled_at,
        d.breached_at, d.breached_at is not null as is_breached
      from applied as e join ${model('tickets')} as t on t.ticket_id = e.ticket_id
      join ended as d on d.ticket_id = e.ticket_id and d.metric = e.metric and d.instance_id = e.instance_id`
  },
}
