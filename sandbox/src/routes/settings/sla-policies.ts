import type { Row } from '../../account/model.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { groupPolicyMetric, policyMetric } from '../../seed/settings/service-levels.ts'
import { found } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import { conditionDefinitions } from '../rules/definitions.ts'
import type { Served } from '../served.ts'

const METRICS = [
  'first_reply_time',
  'next_reply_time',
  'requester_wait_time',
  'agent_work_time',
  'pausable_update_time',
  'periodic_update_time',
  'total_resolution_time',
]

/** SLA policies and group SLA policies, which come all at once. */
export function slaPolicyRoutes(served: Served): readonly Family[] {
  return [
    {
      who: 'agent',
      writers: 'admin',
      feature: 'sla_policies',
      routes: policyRoutes(served, {
        path: '/slas/policies',
        one: 'sla_policy',
        many: 'sla_policies',
        metrics: METRICS,
      }),
    },
    {
      who: 'agent',
      writers: 'admin',
      feature: 'group_sla_policies',
      routes: policyRoutes(served, {
        path: '/group_slas/policies',
        one: 'group_sla_policy',
        many: 'group_sla_policies',
        metrics: ['group_ownership_time'],
      }),
    },
  ]
}

type Kind = { readonly path: string; readonly one: string; readonly many: string; readonly metrics: readonly string[] }

function policyRoutes(served: Served, { path, one, many, metrics }: Kind): Routes {
  const { store } = served
  const table = () => store.table(many)
  const metricOf = many === 'sla_policies' ? policyMetric : groupPolicyMetric
  const checked = (sent: Row): Row => {
    const { title, filter, policy_metrics } = sent
    if ('title' in sent && (typeof title !== 'string' || title.trim() === ''))
      throw invalid('title', 'Title: cannot be blank', 'BlankValue')
    const known = ['title', 'description', 'position'].filter((key) => key in sent)
    const values = Object.fromEntries(known.map((key) => [key, sent[key]]))
    if (filter !== undefined) {
      const { all = [], any = [] } = filter as Row
      // Those of group policies have no `any`.
      values['filter'] = many === 'sla_policies' ? { all, any } : { all }
    }
    if (!Array.isArray(policy_metrics)) return values
    const wrong = (policy_metrics as Row[]).find(({ metric }) => !metrics.includes(String(metric)))
    if (wrong !== undefined) throw invalid('policy_metrics', `Metric: ${wrong['metric']} is not valid`, 'InvalidValue')
    return { ...values, policy_metrics: (policy_metrics as Row[]).map(metricOf) }
  }
  return {
    ...resourceRoutes(served, {
      path,
      one,
      many,
      table: many,
      operations: ['list', 'show', 'create', 'update', 'delete'],
      paging: 'whole',
      textIds: many === 'group_sla_policies',
      orders: { position: { name: 'position', shape: 'i', key: ({ position }) => [Number(position)] } },
      audit: { type: one, label: ({ title }) => `${many === 'sla_policies' ? 'SLA' : 'Group SLA'} policy: ${title}` },
      create: (sent) => {
        for (const name of ['title', 'filter'])
          if (sent[name] === undefined || sent[name] === null)
            throw invalid(name, `${name}: cannot be blank`, 'BlankValue')
        return { description: '', position: table().size() + 1, policy_metrics: [], ...checked(sent) }
      },
      update: checked,
    }),
    [`GET ${path}/definitions`]: () => ({
      definitions: many === 'sla_policies' ? { all: definitions(), any: definitions() } : { all: [ofGroups()] },
    }),
    [`PUT ${path}/reorder`]: ({ body, asked }) => {
      const sent = body[`${one}_ids`] ?? asked.query.get(`${one}_ids`)?.split(',')
      if (!Array.isArray(sent)) throw parameterMissing(`${one}_ids`)
      const entries = sent.map((id) => found(table().get(many === 'group_sla_policies' ? String(id) : Number(id))))
      for (const [at, { id }] of entries.entries()) table().change(id, { position: at + 1 })
      return {}
    },
  }

  // Group policies ask for the group alone, whose values are numbers here.
  function ofGroups(): Row {
    const groups = [...store.groups.values()].filter(({ deleted }) => !deleted)
    const list = groups.map(({ id, name }) => ({ value: id, title: name }))
    const operators = [{ value: 'includes', title: 'Is' }]
    return { title: 'Group', value: 'group_id', group: 'ticket', operators, values: { type: 'list', list } }
  }

  function definitions(): Row[] {
    return conditionDefinitions(store).map(({ title, subject, group, operators, values }) => ({
      title,
      value: subject,
      group,
      operators: (operators as Row[]).map((one) => ({ title: one['title'], value: one['value'] })),
      values: values === undefined ? { type: 'text' } : { type: 'list', list: choices(values as Row[]) },
    }))
  }
}

function choices(values: readonly Row[]): Row[] {
  return values.map(({ value, title }) => ({ value, title }))
}

function invalid(name: string, description: string, error: string) {
  return recordInvalid({ [name]: [{ description, error }] })
}
