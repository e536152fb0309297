import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { streams } from '../../src/streams/index.ts'
import { configFor, openSandbox } from '../support/account.ts'
import { folder, jsonIn } from '../support/auth-program.ts'
import { type CatalogEntry, discover, runTap, runTapHere, select, type TapArguments } from '../support/tap.ts'

describe('--discover', () => {
  test('shows every stream with its key, its replication and its columns', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const catalog = await discover(configFor(sandbox))
    // After those of every account come the searches and the custom objects.
    const declared = catalog.streams.slice(0, streams.length)
    expect(declared.map(({ stream }) => stream)).toEqual(streams.map(({ name }) => name))
    for (const { tap_stream_id: name, schema, key_properties, metadata } of declared) {
      const { primaryKey, cursorField } = streams.find((stream) => stream.name === name)!
      const [ofStream] = metadata
      expect(ofStream).toMatchObject({ breadcrumb: [], metadata: { 'table-key-properties': primaryKey } })
      expect(key_properties).toEqual(primaryKey)
      expect(ofStream!.metadata).toMatchObject(
        cursorField === undefined
          ? { 'forced-replication-method': 'FULL_TABLE' }
          : { 'valid-replication-keys': [cursorField], 'replication-method': 'INCREMENTAL' },
      )
      const columns = Object.keys(schema.properties)
      expect(columns.includes('_sdc_deleted_at'), name).toBe(cursorField !== undefined)
      const automatic = metadata
        .filter((one) => one.metadata['inclusion'] === 'automatic')
        .map(({ breadcrumb }) => breadcrumb[1]!)
      expect(new Set([...primaryKey, cursorField ?? [], cursorField ? '_sdc_deleted_at' : []].flat()), name).toEqual(
        new Set(automatic),
      )
      expect(metadata.slice(1).map(({ breadcrumb }) => breadcrumb[1])).toEqual(columns)
      const text = JSON.stringify(schema)
      expect(text, name).not.toMatch(/airbyte|"\$|"required":\[|"anyOf"|"oneOf"|"enum"|_ab_cdc/)
    }
    const selected = catalog.streams.filter(({ metadata }) => metadata[0]!.metadata['selected-by-default'] === true)
    expect(selected.map(({ stream }) => stream)).toEqual(expect.arrayContaining(['tickets', 'users', 'groups']))
    expect(selected.length).toBeLessThan(catalog.streams.length / 2)
  })

  test('columns have types that tables can have: keys no fractions, times as targets know them', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    for (const { stream, schema, key_properties } of (await discover(configFor(sandbox))).streams)
      for (const [name, { type, format }] of Object.entries(schema.properties)) {
        const types = [type].flat().filter((one) => one !== 'null')
        expect(types, `${stream}.${name}`).toHaveLength(1)
        if (key_properties.includes(name)) expect(['integer', 'string'], `${stream}.${name}`).toContain(types[0])
        if (format !== undefined)
          expect([types[0], format]).toEqual(['string', expect.stringMatching(/^date(-time)?$/)])
      }
  })

  test('leaves out what the account does not have, and says so on stderr', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    sandbox.account.setPlan({ features: { ticket_forms: false } })
    const { text, stderr, exitCode } = await runTap({ config: configFor(sandbox) }, ['--discover'])
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/WARNING Stream "ticket_forms" cannot be read: /)
    const names = (JSON.parse(text) as { streams: CatalogEntry[] }).streams.map(({ stream }) => stream)
    expect(names).not.toContain('ticket_forms')
  })
})

describe('selection', () => {
  test('only what was chosen comes, with the columns that a table cannot do without', async () => {
    const sandbox = await openSandbox({ tickets: 30 })
    const catalog = select(await discover(configFor(sandbox)), ['tickets', 'ticket_metrics', 'groups'])
    const choices: Record<string, boolean> = { subject: true, status: true, id: false, generated_timestamp: false }
    for (const { tap_stream_id, metadata } of catalog.streams)
      for (const { breadcrumb, metadata: of } of metadata)
        if (tap_stream_id === 'tickets' && breadcrumb.length > 0) of['selected'] = choices[breadcrumb[1]!] ?? false
    const { lines, records, exitCode } = await runTapHere({ config: configFor(sandbox), catalog })
    expect(exitCode).toBe(0)
    expect(new Set(lines.flatMap(({ stream }) => stream ?? []))).toEqual(
      new Set(['tickets', 'ticket_metrics', 'groups']),
    )
    const expected = ['generated_timestamp', 'id', 'status', 'subject']
    const schema = lines.find(({ type, stream }) => type === 'SCHEMA' && stream === 'tickets')!
    expect(Object.keys(schema.schema!.properties).sort()).toEqual(['_sdc_deleted_at', ...expected])
    expect(schema).toMatchObject({ key_properties: ['id'], bookmark_properties: ['generated_timestamp'] })
    for (const record of records('tickets'))
      expect(
        Object.keys(record)
          .filter((name) => name !== '_sdc_deleted_at')
          .sort(),
      ).toEqual(expected)
    expect(records('tickets')).toHaveLength(30)
  })

  test('--properties is --catalog; without either those that most people want are read', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const config = configFor(sandbox)
    const catalog = await discover(config)
    const namesIn = ({ lines }: Awaited<ReturnType<typeof runTap>>): Set<string> =>
      new Set(lines.flatMap(({ stream }) => stream ?? []))
    expect(namesIn(await runTapHere({ config, properties: select(catalog, ['groups']) }))).toEqual(new Set(['groups']))
    const wanted = catalog.streams.filter(({ metadata }) => metadata[0]!.metadata['selected-by-default'] === true)
    expect(namesIn(await runTapHere({ config }))).toEqual(new Set(wanted.map(({ stream }) => stream)))
  })

  test('goes on with what is possible of a catalog, warns, and says what is not', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const config = configFor(sandbox)
    const catalog = select(await discover(config), ['groups'], { 'replication-method': 'LOG_BASED' })
    const [groups] = catalog.streams.filter(({ stream }) => stream === 'groups')
    const other = { ...groups!, tap_stream_id: 'no_such', stream: 'no_such' }
    const older = { tap_stream_id: 'talk_phone_numbers', schema: { selected: true }, metadata: [] }
    const { lines, stderr, exitCode } = await runTapHere({
      config,
      catalog: { streams: [groups, groups, other, older] },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/ERROR This account has no stream "no_such", which the catalog selects/)
    expect(new Set(lines.flatMap(({ stream }) => stream ?? []))).toEqual(new Set(['groups', 'phone_numbers']))
    expect(stderr).toMatch(/WARNING The catalog names stream "groups" more than once/)
    expect(stderr).toMatch(/WARNING The catalog selects stream "no_such", which this tap does not have/)
    expect(stderr).toMatch(/WARNING Stream "groups" has no replication method "LOG_BASED"/)
    expect(stderr).toMatch(/WARNING Stream "talk_phone_numbers" is called "phone_numbers" here/)
  })
})

test('metrics are told on stderr, and nothing else than messages on stdout', async () => {
  const sandbox = await openSandbox({ tickets: 25 })
  const config = configFor(sandbox)
  const { text, stderr } = await runTap({ config, catalog: select(await discover(config), ['tickets']) })
  for (const line of text.split('\n')) expect(JSON.parse(line)).toHaveProperty('type')
  const metrics = stderr.split('\n').flatMap((line) => (line.startsWith('INFO METRIC: ') ? [line.slice(13)] : []))
  expect(metrics.map((one) => JSON.parse(one))).toEqual([
    {
      type: 'counter',
      metric: 'record_count',
      value: 25,
      tags: { stream: 'tickets', endpoint: 'incremental/tickets/cursor' },
    },
    expect.objectContaining({ type: 'timer', metric: 'sync_duration', value: expect.any(Number) }),
  ])
})

describe('configuration', () => {
  test('several files are merged, and --config=ENV takes what they lack from the environment', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const { email, apiToken } = sandbox.credentials
    const at = folder({
      'one.json': { subdomain: 'wrong', base_url: sandbox.url, email },
      'two.json': { subdomain: 'sandbox', start_date: '2020-01-01T00:00:00Z' },
    })
    const files = ['--config', at('one.json'), `--config=${at('two.json')}`]
    const env = { TAP_ZENDESK_API_TOKEN: apiToken, TAP_ZENDESK_SUBDOMAIN: 'wrong', TAP_ZENDESK_MAX_RETRY_MINUTES: '1' }
    const told = await runTapHere({}, [...files, '--config=ENV', '--test'], { env })
    expect([told.exitCode, told.stderr]).toEqual([0, expect.stringMatching(/INFO Signed in; \d+ of \d+ streams/)])
    const without = await runTapHere({}, [...files, '--test'], { env })
    expect([without.exitCode, without.stderr]).toEqual([1, expect.stringMatching(/ERROR .*"credentials" is missing/)])
  })

  /** As Singer's older tap has them, beside the other settings. */
  const flat = ({ url, credentials }: Sandbox): Record<string, unknown> => ({
    subdomain: 'sandbox',
    base_url: url,
    start_date: '2020-01-01T00:00:00Z',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    refresh_token: credentials.refreshToken,
  })

  test('renewed tokens are kept in the configuration, or in a file that a setting names', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const at = folder({ 'config.json': flat(sandbox) })
    const run = (name: string) => runTapHere({}, ['--config', at(name), '--test'])
    expect((await run('config.json')).exitCode).toBe(0)
    const kept = jsonIn(at('config.json'))
    expect(JSON.stringify(kept)).not.toContain(sandbox.credentials.refreshToken)
    expect((await run('config.json')).exitCode).toBe(0)

    const other = await openSandbox({ tickets: 10 })
    const there = folder({ 'config.json': {} })
    const named = { ...flat(other), state_of_credentials: there('tokens.json') }
    for (const _ of [1, 2]) expect((await runTapHere({ config: named }, ['--test'])).exitCode).toBe(0)
    expect(jsonIn(there('tokens.json'))).toHaveProperty('refresh_token')
  })

  test('with several files nobody knows where to put them, which is said before a token is used up', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const at = folder({ 'one.json': flat(sandbox), 'two.json': {} })
    const files = ['--config', at('one.json'), '--config', at('two.json')]
    const told = await runTapHere({}, [...files, '--test'])
    expect([told.exitCode, told.stderr]).toEqual([
      1,
      expect.stringContaining('name a file with --state-of-credentials'),
    ])
    const kept = await runTapHere({}, [...files, '--state-of-credentials', at('tokens.json'), '--test'])
    expect(kept.exitCode, kept.stderr).toBe(0)
  })
})

const CONFIG = { subdomain: 'a', access_token: 'x', base_url: 'http://127.0.0.1:1' }
test.each<[string, TapArguments, readonly string[], RegExp]>([
  ['no configuration', {}, [], /ERROR --config <file> is missing/],
  ['a configuration that is no JSON', { config: '{"api_token": "sEcReT99' }, [], /holds no valid JSON/],
  ['a list for a configuration', { config: [] }, [], /does not hold a JSON object/],
  ['no subdomain', { config: { access_token: 'sEcReT99' } }, [], /"subdomain" is "", but must be/],
  ['a file that is not there', {}, ['--config=/nowhere.json'], /config file \/nowhere\.json cannot be read \(ENOENT\)/],
  ['a catalog that is none', { config: {}, catalog: {} }, [], /subdomain|catalog must be/],
  ['a state that is not there', { config: {} }, ['--state=/nowhere.json'], /state file \/nowhere\.json cannot be read/],
  ['a state that is none', { config: {}, state: [1] }, [], /state file cannot be understood/],
  ['an argument that is none', {}, ['discover'], /There is no argument "discover"; did you mean --discover\?/],
  ['a flag that is none', { config: {} }, ['--discver'], /Unknown flag --discver; did you mean --discover\?/],
  ['a flag without its value', { config: {} }, ['--state'], /--state needs a value: --state <file>/],
  [
    'an entry of the catalog that is none',
    { config: CONFIG, catalog: { streams: [null] } },
    [],
    /entry 1 of "streams" is not an object/,
  ],
  [
    'a format that is none',
    {},
    ['--about', '--format', 'yaml'],
    /There is no format "yaml": use text, json or markdown/,
  ],
])('%s is one clear error', async (_, args, more, message) => {
  const { lines, text, stderr, exitCode } = await runTapHere(args, more)
  expect([exitCode, lines, text]).toEqual([1, [], ''])
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/sEcReT99|\n {4}at /)
})

test('a bookmark that cannot be understood stops the sync before anything is read', async () => {
  const sandbox = await openSandbox({ tickets: 10 })
  const config = configFor(sandbox)
  const catalog = select(await discover(config))
  sandbox.requests.reset()
  const { exitCode, stderr } = await runTapHere({ config, catalog, state: { bookmarks: { users: { page: 3 } } } })
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(/state of stream "users" cannot be understood.*"updated_at"/),
  ])
  expect(sandbox.requests.all()).toEqual([])
})

test('--about and --version say what it is, and what can be set', async () => {
  const json = JSON.parse((await runTap({}, ['--about', '--format', 'json'])).text)
  expect(json).toMatchObject({
    name: 'tap-zendesk',
    capabilities: expect.arrayContaining(['catalog', 'discover', 'state']),
  })
  expect(json.settings.required).toEqual(['subdomain'])
  expect(json.settings.properties.client_secret).toMatchObject({ type: ['string', 'null'], secret: true })
  const markdown = (await runTap({}, ['--about', '--format=markdown'])).text
  for (const name of Object.keys(json.settings.properties)) expect(markdown).toContain(`| \`${name}\` |`)
  expect((await runTap({}, ['--version'])).text).toBe(`tap-zendesk ${json.version}`)
  for (const flag of ['--help', '-h']) {
    const { exitCode, text, stderr } = await runTap({}, [flag])
    expect([exitCode, text, stderr]).toEqual([0, expect.stringContaining('tap-zendesk --config <file> --discover'), ''])
  }
})
