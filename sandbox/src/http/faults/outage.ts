import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cut } from './misbehave.ts'
import type { Faults } from './schedule.ts'

/** Failures of the whole server. */
export type Outage = {
  /** Closes the listeners for a number of real seconds: connections are refused. Answers under way are finished. */
  readonly refuse: (seconds: number) => void
  /** Nothing is opened again. */
  readonly end: () => void
}

/** Lets servers that are listening meet the faults of connections: refused for a while, or cut when they are made. */
export function createOutage(servers: readonly Server[], faults: Faults): Outage {
  const places = servers.map((server) => ({ server, place: server.address() as AddressInfo }))
  let timer: NodeJS.Timeout | undefined
  const open = () => {
    timer = undefined
    for (const { server, place } of places) if (!server.listening) server.listen(place.port, place.address)
  }
  const refuse = (seconds: number) => {
    for (const { server } of places) if (server.listening) server.close()
    clearTimeout(timer)
    timer = setTimeout(open, seconds * 1000)
  }
  for (const { server } of places)
    server.on('connection', (socket) => {
      if (faults.takeConnection()) cut(socket)
    })
  faults.onRefuse(refuse)
  return { refuse, end: () => clearTimeout(timer) }
}
