// Real time: the webhook in Zendesk, compared with what should be there, and put right.
import { randomUUID } from 'node:crypto'
import { now } from '../../clock.ts'
import { messageOf } from '../../errors.ts'
import { PATH } from '../../live/receiver.ts'
import { install, look, type Place, repair, rotateSecret, sendTest, uninstall } from '../../live/webhooks.ts'
import type { LiveSource } from '../../source/source.ts'
import type { Hub } from '../console.ts'
import { note } from '../journal/audit.ts'
import { listOf, NAME, type Operation, objectOf, Refusal, reference, type Schema, text, whole } from './operation.ts'
import { connectionOf, SOURCE_REFUSALS } from './streams.ts'

export const WEBHOOK: Schema = objectOf({
  endpoint: text({ description: 'Where Zendesk calls.' }),
  ids: listOf(text({ description: 'The webhooks that lead there.' })),
  faults: listOf(text({ description: 'What differs from what should be, in words.' })),
})

const ACTIONS: Readonly<Record<string, (source: LiveSource, place: Place) => Promise<unknown>>> = {
  install,
  repair,
  'rotate-secret': rotateSecret,
  uninstall,
}

const REFUSALS = { ...SOURCE_REFUSALS, 409: 'It is not connected, or takes no webhooks: "live.url" is not set.' }

function placeOf(hub: Hub, name: string | undefined): { readonly place: Place; readonly source: Promise<LiveSource> } {
  const connection = connectionOf(hub, name)
  const { live } = connection
  if (live?.url === undefined || live.folder === undefined)
    throw new Refusal(409, `"${connection.name}" takes no webhooks: say under which address Zendesk reaches it.`)
  const url = new URL(live.url)
  if (url.pathname === '/') url.pathname = PATH
  return { place: { endpoint: url.href, folder: live.folder, now }, source: hub.account(connection) }
}

async function asking<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act()
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(502, messageOf(error))
  }
}

export const webhooks: readonly Operation[] = [
  {
    ...{
      id: 'showWebhook',
      method: 'get',
      path: '/connections/{name}/webhook',
      tag: 'Real time',
      role: 'viewer',
      status: 200,
    },
    summary: 'The webhook in Zendesk, and what an administrator changed of it.',
    params: NAME,
    answer: reference('Webhook'),
    refusals: REFUSALS,
    run(hub, { params }) {
      const { place, source } = placeOf(hub, params['name'])
      return asking(async () => {
        const { ids, faults } = await look(await source, place)
        return { endpoint: place.endpoint, ids, faults }
      })
    },
  },
  {
    ...{
      id: 'changeWebhook',
      method: 'post',
      path: '/connections/{name}/webhook',
      tag: 'Real time',
      role: 'admin',
      status: 200,
    },
    summary: 'Installs the webhook, puts it right, gives it a new secret, or removes it.',
    params: NAME,
    body: objectOf({ action: { enum: Object.keys(ACTIONS) } }),
    answer: reference('Webhook'),
    refusals: REFUSALS,
    run(hub, { params, body }, { by }) {
      const { action } = body as { action: string }
      const { place, source } = placeOf(hub, params['name'])
      return asking(async () => {
        const account = await source
        await ACTIONS[action]!(account, place)
        note(hub.journal, by.who, `webhook: ${action}`, params['name'])
        const { ids, faults } = await look(account, place)
        return { endpoint: place.endpoint, ids, faults }
      })
    },
  },
  {
    ...{
      id: 'testWebhook',
      method: 'post',
      path: '/connections/{name}/webhook/test',
      tag: 'Real time',
      role: 'admin',
      status: 200,
    },
    summary: 'Lets Zendesk send a test. 200: the endpoint took it.',
    params: NAME,
    answer: objectOf({ status: whole({ description: 'What the endpoint answered to Zendesk.' }) }),
    refusals: REFUSALS,
    run(hub, { params }) {
      const { place, source } = placeOf(hub, params['name'])
      return asking(async () => ({ status: await sendTest(await source, place, randomUUID()) }))
    },
  },
]
