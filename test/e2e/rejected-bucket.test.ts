import { expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  destinationHere,
  freshFolder,
  recordLine,
  rejectedFiles,
  stateLine,
  write,
  writingTo,
} from '../support/destination.ts'
import { openRelay, type Reply } from '../support/relay.ts'

// What speaks S3 for real is tried by test/peers/write: here it is what becomes of states.
const sandbox = await openSandbox({ tickets: 20 })
const store = await openRelay()
const objects = new Map<string, string>()
const answers: Reply[] = []
store.intercept = ({ method, path, body }) => {
  const refusal = answers.shift()
  if (refusal) return refusal
  if (method === 'PUT') objects.set(path, body)
  if (method === 'DELETE') return { status: objects.delete(path) ? 204 : 404 }
  const text = objects.get(path)
  return text === undefined
    ? { status: 404 }
    : { status: 200, headers: { etag: '"x"' }, ...(method === 'GET' && { body: text }) }
}
const bucket = {
  storage_type: 'S3',
  access_key_id: 'key-of-somebody',
  secret_access_key: 'a-secret-that-is-hidden',
  s3_bucket_name: 'rejected',
  s3_bucket_region: 'eu-central-1',
  bucket_path: 'zendesk',
  s3_endpoint: store.url,
}
const updates = catalogFor({ name: 'users', mode: 'update' })
const input = [
  recordLine('users', { external_id: 'nobody', name: 'Nobody' }),
  stateLine('users', 1),
  recordLine('users', { external_id: 'nobody-else', name: 'Nobody' }),
  stateLine('users', 2),
]

test('rejected rows are in the bucket before their state leaves, and replay takes them from there', async () => {
  const folder = freshFolder()
  const config = writingTo(sandbox, folder, { object_storage_config: bucket })
  const checked = await destinationHere(['check'], { config })
  expect(checked.lines.at(-1).connectionStatus.status).toBe('SUCCEEDED')
  expect([...objects]).toEqual([])
  // What fails for a moment is tried once more.
  answers.push({ status: 503 }, { status: 500 })
  const { states, errors, logs } = await write(config, updates, input)
  expect([errors, states.length, rejectedFiles(folder)]).toEqual([[], 2, []])
  expect(logs.join('\n')).toMatch(/kept in s3:\/\/rejected\/zendesk/)
  const rows = [...objects.values()].join('').trim().split('\n')
  expect(rows.map((line) => JSON.parse(line).record.external_id)).toEqual(['nobody', 'nobody-else'])
  const [path = ''] = objects.keys()
  sandbox.account.createUser({ name: 'Made meanwhile', externalId: 'nobody', email: 'nobody@example.com' })
  sandbox.account.createUser({ name: 'Made meanwhile', externalId: 'nobody-else', email: 'else@example.com' })
  objects.set(path, [...objects.values()].join(''))
  const again = await destinationHere(['replay', `s3:/${path}`], { config })
  expect([again.exitCode, again.errors]).toEqual([0, []])
  expect([...sandbox.account.truth('users').live.values()].filter(({ name }) => name === 'Nobody')).toHaveLength(2)
})

test('a bucket that takes nothing ends the sync before the state; the secret is not repeated', async () => {
  const config = writingTo(sandbox, freshFolder(), { object_storage_config: bucket })
  const refusal = {
    status: 403,
    body: `<Error><Code>AccessDenied</Code><Message>${bucket.secret_access_key}</Message></Error>`,
  }
  answers.push(...Array.from({ length: 9 }, () => refusal))
  const { states, errors, exitCode, text } = await write(config, updates, [
    recordLine('users', { external_id: 'x1', name: 'X' }),
    stateLine('users', 1),
  ])
  answers.length = 0
  expect([exitCode, states]).toEqual([1, []])
  expect(errors[0]?.message).toMatch(/bucket "rejected" could not take .*403/)
  expect(text).not.toContain(bucket.secret_access_key)
})
