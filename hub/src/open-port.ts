import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HubError } from './errors.ts'

/** Why a server cannot listen, and what to do about it. */
const REASONS: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) => `Port ${port} is taken by another program. Choose another; 0 takes any free one.`,
  EACCES: (port) => `Port ${port} needs the rights of an administrator. Choose one above 1023; 0 takes any free one.`,
  EADDRNOTAVAIL: (_, host) => `This machine has no address ${host}.`,
  ENOTFOUND: (_, host) => `There is no host ${host}.`,
}

/** Lets a server listen. Resolves to its port, which differs from the one asked for if that is 0; throws `HubError`. */
export async function openPort(server: Server, port: number, host: string): Promise<number> {
  const listening = once(server, 'listening')
  server.listen(port, host)
  await listening.catch((error: NodeJS.ErrnoException) => {
    const reason = REASONS[error.code ?? ''] ?? (() => `Cannot listen on ${host}:${port}: ${error.message}`)
    throw new HubError(reason(port, host), { cause: error })
  })
  return (server.address() as AddressInfo).port
}
