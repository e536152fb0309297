import type { WebhookInvocationAttempt } from '../../generated/webhook_invocation_attempts.ts'
import type { WebhookInvocation } from '../../generated/webhook_invocations.ts'
import type { Webhook } from '../../generated/webhooks.ts'
import type { Walk } from '../../model/stream.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { defineStream, defineSubstream } from '../define.ts'

const webhookList = cursorList({ path: 'webhooks' })

/** A webhook that was never changed has no `updated_at`. */
export const webhooks = defineStream<Webhook>()({
  name: 'webhooks',
  needs: 'An administrator',
  cursorField: 'updated_at',
  walk: webhookList,
})

const invocationsOf = ({ id }: Pick<Webhook, 'id'>): Walk =>
  belowParent(cursorList({ path: `webhooks/${id}/invocations`, key: 'invocations' }), { webhook_id: id })

/** The calls of the last seven days, newest first (fact 272); older ones leave the list, and are kept. */
export const webhookInvocations = defineSubstream<WebhookInvocation, Webhook>({
  name: 'webhook_invocations',
  needs: 'An administrator',
  cursorField: 'latest_completed_at',
  isLog: true,
  walk: webhookList,
  childList: invocationsOf,
})

/**
 * One request for each call of the last seven days, in each sync: Zendesk lists attempts by their call alone (fact 272), under a
 * limit of 100 a minute (fact 48). docs/limits.md says what that comes to.
 */
export const webhookInvocationAttempts = defineSubstream<WebhookInvocationAttempt, Webhook>({
  name: 'webhook_invocation_attempts',
  needs: 'An administrator',
  cursorField: 'completed_at',
  isLog: true,
  walk: webhookList,
  childList: (webhook) => ({
    ...invocationsOf(webhook),
    childList: ({ id }) =>
      belowParent(numberedList({ path: `webhooks/${webhook.id}/invocations/${String(id)}/attempts` }), {
        invocation_id: id,
        webhook_id: webhook.id,
      }),
  }),
})
