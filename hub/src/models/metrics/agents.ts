import type { Model } from '../model.ts'

export const agentLoad: Model = {
  name: 'agent_load',
  about: 'A row for each agent who has tickets, or had some when they were solved.',
  from: ['tickets', 'ticket_metrics'],
  columns: {
    agent_id: 'the agent; null of tickets that nobody has',
    agent: 'the name, if users were loaded',
    new: 'tickets of this status',
    open: 'tickets of this status',
    pending: 'tickets of this status',
    hold: 'tickets of this status',
    unsolved: 'all of these',
    oldest_at: 'when the oldest of these was created',
    solved: 'tickets that are solved or closed',
    solved_in_30_days: 'of these, solved within the last 30 days',
    good: 'tickets with a good rating',
    bad: 'tickets with a bad one',
  },
  query({ model, types }) {
    const count = (where: string): string => `cast(count(case when ${where} then 1 end) as ${types.integer})`
    const statuses = ['new', 'open', 'pending', 'hold'].map(
      (status) => `${count(`status = '${status}'`)} as "${status}"`,
    )
    return `select assignee_id as agent_id, max(assignee) as agent, ${statuses.join(', ')}, ${count('not is_solved')} as unsolved,
        min(case when not is_solved then created_at end) as oldest_at, ${count('is_solved')} as solved,
        ${count("is_solved and solved_at > now() - interval '30 days'")} as solved_in_30_days,
        ${count("satisfaction = 'good'")} as good, ${count("satisfaction = 'bad'")} as bad
      from ${model('tickets')} group by assignee_id`
  },
}
