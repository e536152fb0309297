// Records into a stream of NATS JetStream: https://docs.nats.io/nats-concepts/jetstream
import { HubError, messageOf } from '../errors.ts'
import { bodyOf, type Channel, fileOfStates, type Outgoing } from './channel.ts'

/** Messages that are under way together. */
const TOGETHER = 256

/**
 * `nats://user:password@host:4222/NAME`: the JetStream stream NAME (zendesk), with a subject for each record:
 * `NAME.tickets.123`. It is made if it is not there. Throws a HubError if nothing answers.
 */
export async function natsChannel(address: string, statesFile: string): Promise<Channel> {
  const { connect, jetstream, jetstreamManager } = await client()
  const { protocol, host, username, password, pathname } = new URL(address)
  const name = pathname.slice(1) || 'zendesk'
  try {
    const connection = await connect({
      servers: `${protocol}//${host}`,
      // Whoever sends decides for how long it tries.
      maxReconnectAttempts: -1,
      ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    })
    const manager = await jetstreamManager(connection)
    const isThere = await manager.streams.info(name).then(
      () => true,
      () => false,
    )
    if (!isThere) await manager.streams.add({ name, subjects: [`${name}.>`] })
    const stream = jetstream(connection)
    const publish = (message: Outgoing) =>
      stream.publish(`${name}.${message.stream}.${tokenOf(message.key)}`, bodyOf(message))
    return {
      ...fileOfStates(statesFile),
      announce: async () => undefined,
      async send(messages) {
        // One connection keeps their order. If one is not acknowledged, all that came after it come again, too.
        for (let at = 0; at < messages.length; at += TOGETHER)
          await Promise.all(messages.slice(at, at + TOGETHER).map(publish))
      },
      close: () => connection.close(),
    }
  } catch (error) {
    throw new HubError(`${protocol}//${host} does not take messages for JetStream: ${messageOf(error)}`)
  }
}

/** A key as a part of a subject, where dots, stars and blanks have a meaning. */
const tokenOf = (key: string): string => key.replace(/[\s.*>]/g, '_')

/** The client is installed by who needs it. */
async function client() {
  try {
    const { connect } = await import('@nats-io/transport-node')
    return { connect, ...(await import('@nats-io/jetstream')) }
  } catch {
    throw new HubError('nats: needs its client: npm install @nats-io/transport-node @nats-io/jetstream.')
  }
}
