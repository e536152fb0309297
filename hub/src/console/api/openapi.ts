// The description of the API, made from the operations: hub/openapi.json.
import type { Operation, Schema } from '../operations/operation.ts'

/** Where the API is, below the console's address. */
export const BASE = '/api/v1'

const json = (schema: Schema): object => ({ 'application/json': { schema } })
const REFUSAL: Schema = { $ref: '#/components/schemas/Refusal' }
const refusal = (description: string): object => ({ description, content: json(REFUSAL) })

const ALWAYS: Readonly<Record<number, string>> = {
  400: 'The request is not as it is described here.',
  401: 'Nobody is signed in.',
  403: 'The role does not allow it, or the request comes from another page.',
}

/** The OpenAPI document (3.1). */
export function openapi(operations: readonly Operation[], shapes: Readonly<Record<string, Schema>>): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    const { method, path } = operation
    paths[path] = { ...paths[path], [method]: described(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'zendesk-hub',
      version: '1',
      description:
        'Everything that the console of zendesk-hub serve does. Programs sign in with a token that an admin makes in the console under Settings. A request is at most 1 MiB long.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: BASE }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: shapes,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function described(operation: Operation): object {
  const { id, tag, summary, role, body, status, answer, refusals = {}, params = {}, query = {} } = operation
  const parameters = [
    ...Object.entries(params).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
  ]
  const all = { ...ALWAYS, ...refusals }
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: role === 'admin' ? 'For the role admin.' : 'For the roles viewer and admin.',
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      [status]: answer ? { description: 'Done.', content: json(answer) } : { description: 'Done.' },
      ...Object.fromEntries(Object.entries(all).map(([code, text]) => [code, refusal(text)])),
    },
  }
}
