// Makes a schedule for each account of the store: `zendesk-hub accounts list --json | node src/schedule.ts`. It may run again at any
// time: it changes what differs, and takes away the schedules of accounts that are there no more.
import { text } from 'node:stream/consumers'
import {
  Client,
  Connection,
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type ScheduleSpec,
} from '@temporalio/client'
import { ADDRESS, NAMESPACE, QUEUE } from './names.ts'

interface Account {
  readonly id: string
  readonly schedule: string
  readonly isPaused: boolean
}

const PREFIX = 'zendesk-'
const accounts = JSON.parse(await text(process.stdin)) as readonly Account[]
const { schedule } = new Client({ connection: await Connection.connect({ address: ADDRESS }), namespace: NAMESPACE })

/** `every 6h` and `cron 30 2 * * *` as Temporal has them; by hand: never. */
function specOf(when: string): ScheduleSpec {
  if (when.startsWith('cron ')) return { cronExpressions: [when.slice('cron '.length)], jitter: '1 minute' }
  const [, hours] = /^every (\d+)h$/.exec(when) ?? []
  return hours === undefined ? {} : { intervals: [{ every: `${Number(hours)} hours` }], jitter: '1 minute' }
}

for (const { id, schedule: when, isPaused } of accounts) {
  const wanted = {
    spec: specOf(when),
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'syncAccount',
      workflowId: `${PREFIX}${id}`,
      taskQueue: QUEUE,
      args: [{ account: id }],
    },
    // A sync that takes longer than the pause between two: the next one is left out.
    policies: { overlap: ScheduleOverlapPolicy.SKIP },
  }
  try {
    await schedule.create({ ...wanted, scheduleId: `${PREFIX}${id}`, state: { paused: isPaused } })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    await schedule
      .getHandle(`${PREFIX}${id}`)
      .update((before) => ({ ...before, ...wanted, state: { ...before.state, paused: isPaused } }))
  }
}
const known = new Set(accounts.map(({ id }) => `${PREFIX}${id}`))
for await (const { scheduleId } of schedule.list())
  if (scheduleId.startsWith(PREFIX) && !known.has(scheduleId)) await schedule.getHandle(scheduleId).delete()
process.stdout.write(`${accounts.length} schedules.\n`)
