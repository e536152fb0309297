import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { configFor, configured, openSandbox, runHere, streamsOf } from '../support/account.ts'
import { discover as discoverTap, runTapHere, select } from '../support/tap.ts'
import { createWarehouse } from '../support/warehouse.ts'

/** Configurations as other connectors have them, beside where this sandbox is. */
const CONFIGS: Readonly<Record<string, (credentials: Sandbox['credentials']) => object>> = {
  'Airbyte, API token': ({ email, apiToken }) => ({
    start_date: '2023-06-01T00:00:00Z',
    credentials: { credentials: 'api_token', email, api_token: apiToken },
    num_workers: 3,
    ignore_pagination: false,
  }),
  'Airbyte, OAuth': ({ accessToken }) => ({
    credentials: { credentials: 'oauth2.0', access_token: accessToken, client_id: '', client_secret: '' },
    page_size: 100,
    ticket_search_lookback_days: 0,
  }),
  'Airbyte, OAuth with a refresh token': ({ clientId, clientSecret, refreshToken }) => ({
    credentials: {
      credentials: 'oauth2_refresh',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      access_token: 'ended',
      token_expiry_date: '2020-01-01T00:00:00Z',
    },
  }),
  'Airbyte of old': ({ email, apiToken }) => ({
    start_date: '2023-06-01T00:00:00Z',
    auth_method: { auth_method: 'api_token', email, api_token: apiToken },
  }),
  'Airbyte of old, OAuth': ({ accessToken }) => ({
    auth_method: { auth_method: 'access_token', access_token: accessToken },
  }),
  'Singer, access token': ({ accessToken }) => ({
    access_token: accessToken,
    start_date: '2023-06-01T00:00:00.000000Z',
    request_timeout: 300,
    page_size: 100,
    search_window_size: 2_592_000,
  }),
  'Singer, another zone': ({ accessToken }) => ({
    access_token: accessToken,
    start_date: '2023-06-01T00:00:00+00:00',
    marketplace_name: 'a',
    marketplace_organization_id: 1,
    marketplace_app_id: 2,
  }),
  'Singer, API token': ({ email, apiToken }) => ({ email, api_token: apiToken, start_date: '2023-06-01T00:00:00Z' }),
  'Singer, refresh token': ({ clientId, clientSecret, refreshToken }) => ({
    access_token: 'ended',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
    start_date: '2023-06-01T00:00:00Z',
  }),
}

describe('configurations of other connectors', () => {
  test.each(Object.keys(CONFIGS))('%s: both programs sign in with it, and say what they ignore', async (name) => {
    // A refresh token is good for one use, so that each program has an account of its own.
    const accounts = [await openSandbox({ tickets: 10 }), await openSandbox({ tickets: 10 })]
    const [first, second] = accounts.map((sandbox) => ({
      subdomain: 'sandbox',
      base_url: sandbox.url,
      ...CONFIGS[name]!(sandbox.credentials),
    }))
    const { lines, logs } = await runHere('check', { config: first })
    expect(lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus).toEqual({ status: 'SUCCEEDED' })
    const tap = await runTapHere({ config: second }, ['--test'])
    expect(tap.exitCode, tap.stderr).toBe(0)
    const strange = ['num_workers', 'ignore_pagination', 'page_size', 'request_timeout', 'search_window_size']
    for (const option of strange.filter((one) => one in first!))
      for (const told of [logs.join('\n'), tap.stderr])
        expect(told).toMatch(new RegExp(`unknown options, which are ignored: .*${option}`))
    if (strange.every((one) => !(one in first!))) expect(tap.stderr).not.toContain('ignored')
  })
})

describe('states of other connectors', async () => {
  const sandbox = await openSandbox({ tickets: 200, seed: 3, exportPageSize: 25 })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  /** Epoch seconds in the middle of the account's life, and what of a stream is as young. */
  async function half(name: string, field: string) {
    const warehouse = createWarehouse(catalog)
    await runHere('read', { config, catalog: configured(catalog, { names: [name] }) }, (line) => warehouse.take(line))
    const seconds = (row: Readonly<Record<string, unknown>>): number =>
      typeof row[field] === 'number' ? row[field] : Date.parse(String(row[field])) / 1000
    const rows = [...warehouse.rows(name).values()]
    const middle = rows.map(seconds).sort((a, b) => a - b)[Math.floor(rows.length / 2)]!
    const iso = new Date(middle * 1000).toISOString().replace('.000Z', 'Z')
    const read = async (state: unknown) => {
      const output = await runHere('read', { config, catalog: configured(catalog, { names: [name] }), state })
      const living = output.records(name).filter((record) => record['_ab_cdc_deleted_at'] == null)
      return { output, ids: living.map(({ id }) => id) }
    }
    const since = (time: number) => rows.filter((row) => seconds(row) >= time).map(({ id }) => id)
    return { middle, iso, read, since, all: rows.length }
  }
  const streamState = (name: string, stream_state: unknown) => ({
    type: 'STREAM',
    stream: { stream_descriptor: { name }, stream_state },
  })

  test('every spelling of a place in an export is the same place, in every wrapper', async () => {
    const { middle, iso, read, since, all } = await half('users', 'updated_at')
    const expected = since(middle)
    expect(expected.length).toBeLessThan(all)
    const spellings = [
      String(middle),
      middle,
      `${middle}.0`,
      iso,
      iso.replace('Z', '.000000Z'),
      iso.replace('Z', '+00:00'),
    ]
    for (const updated_at of spellings)
      expect((await read([streamState('users', { updated_at })])).ids, String(updated_at)).toEqual(
        expect.arrayContaining(expected),
      )
    const state = { updated_at: String(middle) }
    const wrapped: unknown[] = [
      streamState('users', state),
      [{ type: 'STATE', state: streamState('users', state) }],
      { type: 'GLOBAL', global: { stream_states: [{ stream_descriptor: { name: 'users' }, stream_state: state }] } },
      { type: 'LEGACY', data: { users: state } },
      { users: state },
      { bookmarks: { users: { updated_at: iso.replace('Z', '.000000Z') } } },
      { type: 'STATE', value: { bookmarks: { users: { updated_at: iso } }, currently_syncing: 'users' } },
    ]
    for (const one of wrapped) {
      const { ids } = await read(one)
      expect(ids).toEqual(expect.arrayContaining(expected))
      expect(ids.length, JSON.stringify(one)).toBeLessThan(all)
    }
  })

  test('tickets by updated_at are read again from where Airbyte lost changes', async () => {
    const { read, since, all } = await half('tickets', 'generated_timestamp')
    const clamp = 1_772_323_200
    expect(sandbox.account.now()).toBeGreaterThan(clamp)
    for (const updated_at of ['1780000000', 1_780_000_000])
      expect(new Set((await read([streamState('tickets', { updated_at })])).ids)).toEqual(new Set(since(clamp)))
    expect((await read([streamState('tickets', { updated_at: '1500000000' })])).ids).toHaveLength(all)
  })

  test('metric events are read again for a month, as a mark may lie so far ahead of what was read', async () => {
    const { middle, read, since, all } = await half('ticket_metric_events', 'time')
    const { ids } = await read([streamState('ticket_metric_events', { time: String(middle) })])
    expect(ids).toEqual(expect.arrayContaining(since(middle - 31 * 86_400)))
    expect(ids.length).toBeLessThan(all)
  })

  test('marks of a stream that was read whole are a first sync', async () => {
    const { read, all } = await half('brands', 'updated_at')
    for (const mark of ['__ab_no_cursor_state_message', '__ab_full_refresh_sync_complete'])
      expect((await read([streamState('brands', { [mark]: true })])).ids).toHaveLength(all)
  })

  test('lists are handed on whole once: rows older than the start date were never read', async () => {
    const { iso, read, all } = await half('organization_memberships', 'updated_at')
    const { ids, output } = await read([streamState('organization_memberships', { updated_at: iso })])
    expect(ids).toHaveLength(all)
    expect(output.logs.join('\n')).toMatch(/Read whole once, .*: organization_memberships\./)
    // Our own state is another matter.
    const own = output.lines.findLast(({ state }) => state)!.state!.stream.stream_state
    expect((await read([streamState('organization_memberships', own)])).ids).toEqual([])
  })

  test('what is below rows, too: a comment does not change its article', async () => {
    const { middle, read, all } = await half('article_comments', 'updated_at')
    const given = {
      use_global_cursor: false,
      states: [{ partition: { article_id: 1, parent_slice: {} }, cursor: { updated_at: String(middle) } }],
      state: { updated_at: String(middle) },
      lookback_window: 1,
      parent_state: { articles: { updated_at: '2024-01-01T00:05:00Z' } },
    }
    expect((await read([streamState('article_comments', given)])).ids).toHaveLength(all)
  })

  test('ticket_metrics by ticket go on at the place of the tickets', async () => {
    const { middle, read, all } = await half('ticket_metrics', '_ab_updated_at')
    const state = (parent: number, own: number) => ({
      use_global_cursor: false,
      states: [{ partition: { parent_slice: {}, ticket_id: 7 }, cursor: { _ab_updated_at: String(own) } }],
      state: { _ab_updated_at: String(own) },
      lookback_window: 1,
      parent_state: { tickets: { generated_timestamp: parent } },
    })
    const told = async (given: unknown) => (await read([streamState('ticket_metrics', given)])).ids.length
    const fromMiddle = await told({ _ab_updated_at: String(middle) })
    expect(fromMiddle).toBeGreaterThan(0)
    expect(fromMiddle).toBeLessThan(all)
    expect(await told(state(middle, middle + 900))).toBe(fromMiddle)
    expect(await told(state(middle + 900, middle))).toBe(fromMiddle)
  })

  test('what cannot be understood is an error that names the stream, and nothing is read', async () => {
    const { read } = await half('tickets', 'generated_timestamp')
    sandbox.requests.reset()
    for (const state of [{ updated_at: 'yesterday' }, { use_global_cursor: false, states: [] }, { page: 3 }]) {
      const { output } = await read([streamState('tickets', state)])
      expect(output.exitCode, JSON.stringify(state)).toBe(1)
      expect(output.errors[0]!.message).toContain('state of stream "tickets" cannot be understood')
    }
    const { output } = await read({ bookmarks: { tickets: '2024-01-01T00:00:00Z' } })
    expect(output.errors[0]!.message).toContain('stream "tickets"')
    expect(sandbox.requests.all()).toEqual([])
  })

  test('the tap goes on at the bookmarks of the older tap, and reads whole what has none there', async () => {
    const { middle, iso, since, all } = await half('tickets', 'generated_timestamp')
    const catalog = select(await discoverTap(config), ['tickets', 'ticket_comments'])
    const state = { bookmarks: { tickets: { generated_timestamp: iso.replace('Z', '.000000Z') } } }
    const output = await runTapHere({ config, catalog, state })
    expect(output.exitCode, output.stderr).toBe(0)
    const ids = output.records('tickets').map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(since(middle)))
    // The page at which it stood comes whole, as its comments are read from the beginning.
    expect(ids.length).toBeLessThan(all)
    expect(output.records('ticket_comments').length).toBeGreaterThanOrEqual(
      sandbox.account.truth('ticket_comments').live.size,
    )
  })
})
