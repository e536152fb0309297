// Tokens with which programs use the API.
import { endToken, makeToken, ROLES, type Role, tokensIn } from '../access/sessions.ts'
import { note } from '../journal/audit.ts'
import { iso, listOf, type Operation, objectOf, orNull, Refusal, TIME, text, whole } from './operation.ts'

export const programs: readonly Operation[] = [
  {
    ...{ id: 'listTokens', method: 'get', path: '/tokens', tag: 'Programs', role: 'admin', status: 200 },
    summary: 'The tokens of programs, without what they are.',
    answer: listOf(
      objectOf({ id: whole(), name: text(), role: { enum: ROLES }, made_at: TIME, used_at: orNull(TIME) }),
    ),
    run: ({ journal }) =>
      tokensIn(journal).map(({ id, name, role, made, used }) => ({
        id,
        name,
        role,
        made_at: iso(made),
        used_at: iso(used),
      })),
  },
  {
    ...{ id: 'makeToken', method: 'post', path: '/tokens', tag: 'Programs', role: 'admin', status: 201 },
    summary: 'Makes a token for a program, for the header `Authorization: Bearer …`. It is shown this once.',
    body: objectOf({ name: text({ minLength: 1, maxLength: 100 }), role: { enum: ROLES } }),
    answer: objectOf({ id: whole(), token: text() }),
    run({ journal }, { body }, { by }) {
      const { name, role } = body as { name: string; role: Role }
      const made = makeToken(journal, name, role)
      note(journal, by.who, 'made a token', name, { role })
      return made
    },
  },
  {
    ...{ id: 'endToken', method: 'delete', path: '/tokens/{id}', tag: 'Programs', role: 'admin', status: 204 },
    summary: 'Ends a token.',
    params: { id: whole({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
    refusals: { 404: 'There is no such token.' },
    run({ journal }, { params }, { by }) {
      if (!endToken(journal, Number(params['id']))) throw new Refusal(404, `There is no token ${params['id']}.`)
      note(journal, by.who, 'ended a token', params['id'])
    },
  },
]
