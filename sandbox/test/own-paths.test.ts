import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 20, control: true })
const { port } = new URL(sandbox.url)
const authorization = `Bearer ${sandbox.credentials.accessToken}`

/** Asks with headers that `fetch` would not send. */
function ask(method: string, path: string, headers: Readonly<Record<string, string>>, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers }, async (response) =>
      resolve(`${response.statusCode} ${await text(response)}`),
    )
      .on('error', reject)
      .end(body)
  })
}

describe('the page and the control API are for this machine, not for sites in its browser', () => {
  test.each(['evil.example', 'evil.example:8080', 'sandbox.evil.com', '127.0.0.1.evil.com', 'zendesk.com.evil.com'])(
    'a name of the web that leads here, %s, is shown nothing',
    async (host) => {
      // As the routes do, the check takes several slashes for one, and does without `.json`.
      const others = ['//', '/.json', '//__sandbox/requests', '/__sandbox//requests/', '//__sandbox///requests.json']
      for (const path of ['/', '/__sandbox/requests', ...others]) {
        const answer = await ask('GET', path, { host })
        expect(answer).toMatch(/^403 The sandbox is not at /)
        expect(answer).not.toContain(sandbox.credentials.apiToken)
      }
    },
  )

  test.each(['localhost', '127.0.0.1:8080', '[::1]:8080', 'sandbox', 'sandbox:80', 'zendesk.test', 'acme.zendesk.com'])(
    'a local name, %s, is served',
    async (host) => {
      expect(await ask('GET', '/__sandbox/requests', { host })).toMatch(/^200 /)
    },
  )

  test.each<[string, Readonly<Record<string, string>>]>([
    ['its origin', { origin: 'https://evil.example' }],
    ['an origin that is hidden', { origin: 'null' }],
    ['what the browser says of it', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['another port of this machine', { origin: 'http://localhost:1' }],
  ])('another site changes nothing: %s', async (_, headers) => {
    const body = JSON.stringify({ action: 'setPasswordAccess', args: [true] })
    const answer = await ask(
      'POST',
      '/__sandbox/one',
      { 'content-type': 'text/plain', host: 'localhost', ...headers },
      body,
    )
    expect(answer).toMatch(/^403 Pages of another site may not use the sandbox/)
  })

  test('its own page may, and so may tools', async () => {
    for (const headers of [{}, { origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' }])
      expect(
        await ask('POST', '/__sandbox/advance', { host: `localhost:${port}`, ...headers }, '{"seconds":1}'),
      ).toMatch(/^200 /)
  })

  test('the API is asked by any name: it wants credentials', async () => {
    expect(await ask('GET', '/api/v2/groups', { host: 'acme.example', authorization })).toMatch(/^200 /)
    expect(await ask('GET', '/api/v2/groups', { host: 'acme.example' })).toMatch(/^401 /)
  })
})

describe('bounds', () => {
  test.each([
    ['changes', { count: 1e9 }],
    ['changes', { count: -1 }],
    ['changes', { count: 0.5 }],
    ['changes', { count: '7' }],
    ['changes', { seed: 'x' }],
    ['one', { action: 'changeAtRandom', args: [1e9] }],
    ['advance', { seconds: 1e300 }],
    ['advance', { seconds: 'x' }],
    ['advance', { seconds: -1e12 }],
  ])('%s with %j is refused at once', async (path, body) => {
    expect(await ask('POST', `/__sandbox/${path}`, { host: 'localhost' }, JSON.stringify(body))).toMatch(/^422 /)
  })

  test('a body of more than any attachment has is refused before it is here', async () => {
    const headers = { host: 'localhost', authorization, 'content-type': 'application/json' }
    const large = 'x'.repeat(70_000_000)
    expect(await ask('POST', '/api/v2/tickets', { ...headers, 'transfer-encoding': 'chunked' }, large)).toMatch(/^413 /)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /api/v2/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nContent-Length: 300000000\r\n\r\n`,
    )
    const [first] = await once(socket, 'data')
    socket.destroy()
    expect(String(first)).toMatch(/^HTTP\/1\.1 413 /)
  })
})
