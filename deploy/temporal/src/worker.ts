// A worker: as many syncs at once as ZENDESK_FLEET_SLOTS says. Start as many workers as there are machines.
import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker } from '@temporalio/worker'
import { runHub } from './activities.ts'
import { ADDRESS, NAMESPACE, QUEUE } from './names.ts'

const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: ADDRESS }),
  namespace: NAMESPACE,
  taskQueue: QUEUE,
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
  activities: { runHub },
  maxConcurrentActivityTaskExecutions: Number(process.env['ZENDESK_FLEET_SLOTS'] ?? 8),
  shutdownGraceTime: '20s',
})
await worker.run()
