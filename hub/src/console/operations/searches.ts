// How many records a search finds, before a stream is made of it.
import { messageOf } from '../../errors.ts'
import type { Hub } from '../console.ts'
import { NAME, type Operation, objectOf, Refusal, text, whole } from './operation.ts'
import { connectionOf, SOURCE_REFUSALS } from './streams.ts'

// https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#show-results-count
async function countOf(hub: Hub, name: string | undefined, query: string): Promise<number> {
  const account = await hub.account(connectionOf(hub, name)).catch((error: unknown) => {
    throw new Refusal(502, messageOf(error))
  })
  const { status, body } = await account.call({ method: 'GET', path: 'search/count', query: { query } })
  if (status === 422) throw new Refusal(422, `Zendesk does not understand this search: ${sentenceIn(body)}`)
  if (status !== 200 || typeof body['count'] !== 'number')
    throw new Refusal(502, `Zendesk answers ${status}: ${sentenceIn(body)}`)
  return body['count']
}

const sentenceIn = ({ description, error }: Readonly<Record<string, unknown>>): string =>
  [description, error].find((one) => typeof one === 'string') ?? 'it gives no reason.'

export const searches: readonly Operation[] = [
  {
    ...{
      id: 'countSearch',
      method: 'get',
      path: '/connections/{name}/search-count',
      tag: 'Data',
      role: 'viewer',
      status: 200,
    },
    summary: "How many records of the account a search finds. Costs one request of the account's search limit.",
    params: NAME,
    query: { query: text({ minLength: 1, maxLength: 1000, description: 'As in Zendesk: type:ticket status:open.' }) },
    answer: objectOf({ count: whole() }),
    refusals: { ...SOURCE_REFUSALS, 422: 'The search is missing, or Zendesk does not understand it.' },
    async run(hub, { params, query }) {
      const asked = query['query']?.trim() ?? ''
      if (asked === '') throw new Refusal(422, 'Say what to search for: type:ticket status:open.')
      return { count: await countOf(hub, params['name'], asked) }
    },
  },
]
