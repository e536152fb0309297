import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { askForConsent } from '../../../src/auth/commands/consent.ts'

/** Sends bytes as they are, and resolves to the answer. */
async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  return text(socket)
}

test('whatever anybody asks of its port, the consent is waited for', async () => {
  const { promise: shown, resolve: show } = Promise.withResolvers<URL>()
  const { signal } = new AbortController()
  const consent = askForConsent({
    origin: 'https://acme.zendesk.com',
    clientId: 'client',
    scope: 'read',
    port: 0,
    show,
    say: () => undefined,
    signal,
  })
  const url = await shown
  const redirect = new URL(url.searchParams.get('redirect_uri')!)
  const port = Number(redirect.port)
  const targets = [
    '//[',
    '//',
    'http://[',
    '*',
    '/callback?state=%',
    '/callback?state=x&code=y',
    'x:',
    '/\\',
    '//a:b:c/callback',
  ]
  for (const target of targets) {
    const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(answer, target).toMatch(/^HTTP\/1\.1 4\d\d /)
  }
  await sendRaw(port, 'no request at all\r\n\r\n')
  redirect.search = new URLSearchParams({ state: url.searchParams.get('state')!, code: 'good' }).toString()
  expect((await fetch(String(redirect).replace('localhost', '127.0.0.1'))).status).toBe(200)
  expect(await consent).toMatchObject({ code: 'good' })
})
