import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { configFor, configured, discover, type Output, openSandbox, runHere, streamsOf } from '../support/account.ts'
import { send } from '../support/send.ts'
import { discover as discoverTap, runTap, select } from '../support/tap.ts'

interface Reference {
  readonly staging_file_url: string
  readonly source_file_relative_path: string
  readonly file_size_bytes: number
}
interface WithFile {
  readonly data: Readonly<Record<string, unknown>>
  readonly file_reference?: Reference
}

const folder = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const newFolder = (): string => mkdtempSync(join(folder, 'staging-'))

async function read(sandbox: Sandbox, names: readonly string[], more: object, state: readonly unknown[] = []) {
  return runHere('read', await wanted(sandbox, names, more, state))
}
async function wanted(sandbox: Sandbox, names: readonly string[], more: object, state: readonly unknown[] = []) {
  const config = configFor(sandbox, more)
  return { config, catalog: configured(await streamsOf(config), { names, more: { include_files: true } }), state }
}
const recordsOf = ({ lines }: Output, stream: string): readonly WithFile[] =>
  lines.flatMap(({ record }) => (record?.stream === stream ? [record as unknown as WithFile] : []))
const lastStates = ({ lines }: Output): readonly unknown[] => [
  ...new Map(
    lines.flatMap(({ state }) => (state ? [[state.stream.stream_descriptor.name, state] as const] : [])),
  ).values(),
]
const downloads = ({ requests }: Sandbox): readonly string[] =>
  requests.all().flatMap(({ path }) => (/^\/(__storage|attachments|hc)\//.test(path) ? [path] : []))

/** A ticket with a file of these bytes, and what the API tells of that. */
async function attach(sandbox: Sandbox, name: string, body: string | Buffer): Promise<number> {
  const response = await fetch(`${sandbox.url}/api/v2/uploads?filename=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.credentials.accessToken}`, 'content-type': 'application/octet-stream' },
    body,
  })
  const { upload } = (await response.json()) as { upload: { token: string; attachment: { id: number } } }
  sandbox.account.advance(10)
  await send(sandbox, 'POST', 'tickets', {
    ticket: { subject: name, comment: { body: 'See', uploads: [upload.token] } },
  })
  sandbox.account.advance(600)
  return upload.attachment.id
}

test('files come with their records, by way of the storage, which is not shown the credentials', async () => {
  const sandbox = await openSandbox({ tickets: 150 })
  const text = 'Ünïcode ✓ '.repeat(10_000)
  const sent = await attach(sandbox, '../../etc/a:b "c".txt', Buffer.from(text))
  const infected = await attach(sandbox, 'infected.exe', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE')
  const staging = newFolder()
  const names = ['ticket_attachments', 'article_attachments']
  const first = await read(sandbox, names, { files_folder: staging })
  expect([first.exitCode, first.errors]).toEqual([0, []])
  for (const name of names) {
    const live = recordsOf(first, name).filter(({ data }) => data['_ab_cdc_deleted_at'] == null)
    expect(live.length, name).toBeGreaterThan(20)
    for (const { data, file_reference } of live) {
      if (data['id'] === infected) continue
      const { staging_file_url, source_file_relative_path, file_size_bytes } = file_reference!
      expect(staging_file_url).toBe(join(staging, source_file_relative_path))
      expect([file_size_bytes, statSync(staging_file_url).size]).toEqual([data['size'], data['size']])
      expect(source_file_relative_path.split('/').slice(0, 2)).toEqual([name, String(data['id'])])
    }
  }
  const ours = recordsOf(first, 'ticket_attachments').find(({ data }) => data['id'] === sent)
  expect(ours?.file_reference?.source_file_relative_path).toBe(`ticket_attachments/${sent}/_.._etc_a_b _c_.txt`)
  expect(readFileSync(ours!.file_reference!.staging_file_url, 'utf8')).toBe(text)

  expect(recordsOf(first, 'ticket_attachments').find(({ data }) => data['id'] === infected)?.file_reference).toBe(
    undefined,
  )
  expect(first.logs.join('\n')).toMatch(
    `WARN Stream "ticket_attachments": the file of ${infected} ("infected.exe") is left out: Zendesk found malware in it.`,
  )
  const left = readdirSync(staging, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'))
  expect(left).toEqual([])

  // What stands there already is not asked for again, nor what did not change.
  sandbox.requests.reset()
  const again = await read(sandbox, names, { files_folder: staging })
  expect(recordsOf(again, 'ticket_attachments').map(({ file_reference }) => file_reference)).toEqual(
    recordsOf(first, 'ticket_attachments').map(({ file_reference }) => file_reference),
  )
  expect(downloads(sandbox)).toEqual([])
})

test('the tap puts files into the folder of its configuration', async () => {
  const sandbox = await openSandbox({ tickets: 60 })
  const staging = newFolder()
  const config = configFor(sandbox, { files_folder: staging })
  const catalog = select(await discoverTap(config), ['ticket_attachments'])
  const output = await runTap({ config, catalog })
  expect(output.exitCode).toBe(0)
  const sizes = output.records('ticket_attachments').map(({ id, size }) => {
    const own = join(staging, 'ticket_attachments', String(id))
    return [readdirSync(own).map((name) => statSync(join(own, name)).size), [size]]
  })
  expect(sizes.length).toBeGreaterThan(3)
  for (const [found, told] of sizes) expect(found).toEqual(told)
})

test('files come with records that are read from lists as well', async () => {
  const sandbox = await openSandbox({ tickets: 60 })
  const output = await read(sandbox, ['ticket_attachments'], { files_folder: newFolder(), reader: 'list' })
  const references = recordsOf(output, 'ticket_attachments').map((one) => one.file_reference?.file_size_bytes)
  expect(references.length).toBeGreaterThan(3)
  expect(references).toEqual(output.records('ticket_attachments').map(({ size }) => size))
})

test('without include_files nothing is fetched', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const config = configFor(sandbox, { files_folder: newFolder() })
  const catalog = await discover(config)
  expect(catalog.filter((stream) => 'is_file_based' in stream).map(({ name }) => name)).toEqual([
    'ticket_attachments',
    'article_attachments',
  ])
  const output = await runHere('read', { config, catalog: configured(catalog, { names: ['ticket_attachments'] }) })
  expect(recordsOf(output, 'ticket_attachments').length).toBeGreaterThan(5)
  expect(recordsOf(output, 'ticket_attachments').filter((record) => 'file_reference' in record)).toEqual([])
  expect(downloads(sandbox)).toEqual([])
})

test('a file that is cut short goes on where it was, in the same run or a later one', async () => {
  const sandbox = await openSandbox({ tickets: 1 })
  // Half of it is more than the system keeps for a connection, so that a part has been written when that is cut.
  const body = Buffer.alloc(32_000_000, Buffer.from(Array.from({ length: 251 }, (_, at) => at)))
  const id = await attach(sandbox, 'large.bin', body)
  const staging = newFolder()
  const path = join(staging, 'ticket_attachments', String(id), 'large.bin')
  sandbox.faults.next({ path: '__storage', kind: 'reset-in-body' })
  const first = await read(sandbox, ['ticket_attachments'], { files_folder: staging })
  expect([first.exitCode, first.errors]).toEqual([0, []])
  expect(readFileSync(path).equals(body)).toBe(true)
  const [, second] = sandbox.requests.all().filter((one) => one.path.startsWith('/__storage'))
  expect(second?.status).toBe(206)

  rmSync(path)
  writeFileSync(`${path}.part`, body.subarray(0, 100_000))
  sandbox.requests.reset()
  const later = await read(sandbox, ['ticket_attachments'], { files_folder: staging })
  expect(later.exitCode).toBe(0)
  expect(readFileSync(path).equals(body)).toBe(true)
  expect(
    sandbox.requests
      .all()
      .filter((one) => one.path.startsWith('/__storage'))
      .map((one) => one.status),
  ).toEqual([206])
})

test('bodies that are cut but end well are not taken; what has gone, or stays wrong, is left out and told', async () => {
  const sandbox = await openSandbox({ tickets: 1 })
  const id = await attach(sandbox, 'one.bin', Buffer.alloc(50_000, 7))
  const staging = newFolder()
  sandbox.faults.next(
    { path: '__storage', kind: 'truncate-fitting' },
    { path: '__storage', kind: 'status', status: 503 },
  )
  const good = await read(sandbox, ['ticket_attachments'], { files_folder: staging })
  expect(recordsOf(good, 'ticket_attachments')[0]?.file_reference?.file_size_bytes).toBe(50_000)

  for (const [fault, reason] of [
    [{ kind: 'status', status: 404, times: 9 }, 'HTTP 404'],
    [{ kind: 'html', times: 9 }, 'it has \\d+ bytes, and not 50000 as Zendesk says'],
  ] as const) {
    sandbox.faults.next({ path: '__storage', ...fault })
    const output = await read(sandbox, ['ticket_attachments'], { files_folder: newFolder() })
    sandbox.faults.clear()
    expect([output.exitCode, output.records('ticket_attachments').length]).toEqual([0, 1])
    expect(recordsOf(output, 'ticket_attachments')[0]?.file_reference).toBe(undefined)
    expect(output.logs.join('\n')).toMatch(new RegExp(`the file of ${id} \\("one.bin"\\) is left out: ${reason}\\.`))
  }
})

test('a storage that stays away stops no stream: its files are left out, once for all, and come with the next sync', async () => {
  const sandbox = await openSandbox({ tickets: 1 })
  const ids = [await attach(sandbox, 'one.bin', Buffer.alloc(5_000, 7)), await attach(sandbox, 'two.bin', 'two')]
  const staging = newFolder()
  const names = ['ticket_attachments', 'ticket_comments']
  sandbox.faults.next({ path: '__storage', kind: 'status', status: 503, times: 99 })
  const first = await read(sandbox, names, { files_folder: staging, max_retry_minutes: 0 })
  expect(first.exitCode).toBe(0)
  for (const name of names) expect(first.statuses(name).at(-1)).toBe('COMPLETE')
  expect(recordsOf(first, 'ticket_attachments').map(({ data }) => data['id'])).toEqual(ids)
  expect(recordsOf(first, 'ticket_attachments').filter((record) => 'file_reference' in record)).toEqual([])
  const warnings = first.logs.filter((line) => line.includes('out of reach'))
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(
    /the file of \d+ \("\w+.bin"\) is left out: localhost:\d+ is out of reach for now \(HTTP 503\)/,
  )

  // It stays away, and then it comes back.
  const again = await read(sandbox, names, { files_folder: staging, max_retry_minutes: 0 }, lastStates(first))
  expect(recordsOf(again, 'ticket_attachments').map(({ data }) => data['id'])).toEqual(ids)
  sandbox.faults.clear()
  const next = await read(sandbox, names, { files_folder: staging }, lastStates(again))
  expect(recordsOf(next, 'ticket_attachments').map(({ file_reference }) => file_reference?.file_size_bytes)).toEqual([
    5_000, 3,
  ])
  const last = await read(sandbox, names, { files_folder: staging }, lastStates(next))
  expect(recordsOf(last, 'ticket_attachments')).toEqual([])
})

test('a folder that cannot be written is a clear error', async () => {
  const sandbox = await openSandbox({ tickets: 1 })
  await attach(sandbox, 'one.bin', Buffer.alloc(500, 7))
  const staging = newFolder()
  mkdirSync(staging, { recursive: true })
  writeFileSync(join(staging, 'ticket_attachments'), 'in the way')
  const output = await read(sandbox, ['ticket_attachments'], { files_folder: staging })
  expect(output.exitCode).toBe(1)
  expect(output.errors[0]).toMatchObject({
    failure_type: 'config_error',
    message: expect.stringMatching(
      /^Files cannot be written to the staging folder: .*Name a folder that can be written and has room, in "files_folder"/,
    ),
  })
  expect(existsSync(join(staging, 'ticket_attachments'))).toBe(true)
})
