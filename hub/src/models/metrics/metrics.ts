import type { ModelSet } from '../model.ts'
import { agentLoad } from './agents.ts'
import { backlogByDay } from './backlog.ts'
import { byDimension, byWeek } from './measures.ts'
import { slaTargets } from './service-levels.ts'
import { tickets } from './tickets.ts'

/** How a support team does: Zendesk's own numbers of tickets, put together. */
export const metrics: ModelSet = {
  name: 'metrics',
  about: 'how support does: replies, resolutions, backlog, reopenings, satisfaction, SLA breaches, load of agents',
  models: [tickets, slaTargets, backlogByDay, byDimension, byWeek, agentLoad],
}
