import { Refusal } from '../../http/errors.ts'

/**
 * 400 for a webhook that breaks the rules. Assumed (fact 330): the code and the words, in the envelope that webhooks
 * have.
 */
export function invalidWebhook(detail: string): Refusal {
  return new Refusal(400, { errors: [{ code: 'InvalidParams', title: 'Invalid parameters', detail }] })
}

/** 404 for a webhook or an invocation that isn't there. Assumed (fact 330) as above. */
export function webhookNotFound(what = 'Webhook'): Refusal {
  const detail = `${what} not found`
  return new Refusal(404, { errors: [{ code: `${what}NotFound`, title: detail, detail }] })
}
