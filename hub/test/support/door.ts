// An address that stays, while what listens behind it is stopped and started at ports that are free then.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Door {
  readonly url: string
  /** What comes from now on goes to this address; undefined: it is cut. */
  leadTo(url: string | undefined): void
  /** Cuts what is going on. */
  cut(): void
  close(): void
}

export async function openDoor(): Promise<Door> {
  let behind: string | undefined
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const port = behind && Number(new URL(behind).port)
    if (!port) return void socket.destroy()
    const onward = connect(port, '127.0.0.1')
    for (const one of [socket, onward]) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        socket.destroy()
        onward.destroy()
      })
    }
    socket.pipe(onward).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    leadTo(url) {
      behind = url
    },
    cut,
    close() {
      cut()
      server.close()
    },
  }
}
