// Records into topics of Apache Kafka, or of what speaks its protocol.
import { HubError, messageOf } from '../errors.ts'
import { bodyOf, type Channel, fileOfStates } from './channel.ts'

/** Messages in one request. */
const TOGETHER = 1000
/** All replicas have it. */
const ALL = -1

/**
 * `kafka://user:password@host:9092,other:9092/NAME`: a topic for each stream, `NAME.tickets` (zendesk.tickets); the record's id is
 * the key, so that messages of one record stay in order. `kafkas://` uses TLS. Throws a HubError.
 */
export async function kafkaChannel(address: string, statesFile: string): Promise<Channel> {
  const { protocol, brokers, name, user, password } = partsOf(address)
  const { Producer, stringSerializers } = await import('@platformatic/kafka').catch(() => {
    throw new HubError('kafka: needs its client: npm install @platformatic/kafka.')
  })
  const producer = new Producer({
    clientId: 'zendesk-hub',
    bootstrapBrokers: brokers,
    serializers: stringSerializers,
    autocreateTopics: true,
    acks: ALL,
    ...(protocol === 'kafkas' && { tls: {} }),
    ...(user !== undefined && { sasl: { mechanism: 'PLAIN', username: user, password: password ?? '' } }),
  })
  await producer.metadata({ topics: [] }).catch((error: unknown) => {
    throw new HubError(`No broker of ${brokers.join(', ')} answers: ${messageOf(error)}`)
  })
  return {
    ...fileOfStates(statesFile),
    announce: async () => undefined,
    async send(messages) {
      for (let at = 0; at < messages.length; at += TOGETHER) {
        const some = messages.slice(at, at + TOGETHER)
        await producer.send({
          messages: some.map((one) => ({ topic: `${name}.${one.stream}`, key: one.key, value: bodyOf(one) })),
        })
      }
    },
    close: () => producer.close(),
  }
}

function partsOf(address: string) {
  const [, protocol, credentials, hosts = '', name = 'zendesk'] =
    /^(kafkas?):\/\/(?:([^@/]*)@)?([^/]+)(?:\/([\w.-]+))?$/.exec(address) ?? []
  if (protocol === undefined)
    throw new HubError(`"${address}" is not an address of Kafka. Write kafka://host:9092,other:9092/NAME.`)
  const [user, password] = credentials?.split(':').map(decodeURIComponent) ?? []
  return { protocol, brokers: hosts.split(','), name, user, password }
}
