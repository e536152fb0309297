import { isIPv4, isIPv6 } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { BitString, Integer, OctetString, PrintableString } from 'asn1js'
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  getRandomValues,
} from 'pkijs'
import { wallClockMs } from '../clock.ts'

/** A certificate authority made for one run, and the certificates that it signs. Its key is in memory only. */
export type Authority = {
  /** Its certificate in PEM: clients must trust it. */
  readonly pem: string
  /** Certificate and key, in PEM, for these DNS names and IP addresses. */
  readonly issue: (names: readonly string[]) => Promise<{ cert: string; key: string }>
  /** The context for the name that a client says in its hello (SNI), made at the first time that it is heard. */
  readonly contextFor: (name: string) => Promise<SecureContext>
}

const DAY_MS = 86_400_000
// The longest that strict clients take for a server's certificate.
const VALID_DAYS = 397
// Names are the clients' to choose: a careless one shall not fill the memory.
const MOST_NAMES = 1000
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const

// RFC 5280, 4.2.1.
const ID = {
  commonName: '2.5.4.3',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  names: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
}
const CERTIFICATE_SIGN = new Uint8Array([0b0000_0110])
const DIGITAL_SIGNATURE = new Uint8Array([0b1000_0000])

/** Makes an authority with elliptic curve keys, valid from yesterday on for 397 days. */
export async function createAuthority(): Promise<Authority> {
  const { subtle } = crypto
  const own = await subtle.generateKey(CURVE, true, ['sign', 'verify'])
  // One key serves all names: only the certificates differ.
  const server = await subtle.generateKey(CURVE, true, ['sign', 'verify'])
  const key = pem('PRIVATE KEY', await subtle.exportKey('pkcs8', server.privateKey))

  const root = await blank('Zendesk sandbox CA', 'Zendesk sandbox CA', own.publicKey)
  const identifier = await root.getKeyHash('SHA-1')
  root.extensions = [
    extension(ID.basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    extension(ID.keyUsage, bits(CERTIFICATE_SIGN, 1), true),
    extension(ID.subjectKey, new OctetString({ valueHex: identifier })),
  ]
  await root.sign(own.privateKey, 'SHA-256')

  const issue: Authority['issue'] = async (names) => {
    const leaf = await blank('Zendesk sandbox', 'Zendesk sandbox CA', server.publicKey)
    leaf.extensions = [
      extension(ID.basicConstraints, new BasicConstraints({}), true),
      extension(ID.keyUsage, bits(DIGITAL_SIGNATURE, 7), true),
      extension(ID.extendedUsage, new ExtKeyUsage({ keyPurposes: [ID.serverAuthentication] })),
      extension(ID.names, new GeneralNames({ names: names.map(generalName) })),
      extension(ID.subjectKey, new OctetString({ valueHex: await leaf.getKeyHash('SHA-1') })),
      extension(
        ID.authorityKey,
        new AuthorityKeyIdentifier({ keyIdentifier: new OctetString({ valueHex: identifier }) }),
      ),
    ]
    await leaf.sign(own.privateKey, 'SHA-256')
    return { cert: pem('CERTIFICATE', leaf.toSchema(true).toBER()), key }
  }

  const kept = new Map<string, Promise<SecureContext>>()
  return {
    pem: pem('CERTIFICATE', root.toSchema(true).toBER()),
    issue,
    contextFor: (name) => {
      const known = kept.get(name)
      if (known !== undefined) return known
      if (kept.size >= MOST_NAMES) kept.clear()
      const made = issue([name]).then(createSecureContext)
      kept.set(name, made)
      return made
    },
  }
}

async function blank(subject: string, issuer: string, publicKey: CryptoKey): Promise<Certificate> {
  const certificate = new Certificate({ version: 2 })
  const serial = getRandomValues(new Uint8Array(16))
  // Serial numbers are positive, and a first byte of zero would not be the shortest form.
  serial[0] = (serial[0]! & 0x3f) | 0x40
  certificate.serialNumber = new Integer({ valueHex: serial })
  certificate.subject.typesAndValues.push(commonName(subject))
  certificate.issuer.typesAndValues.push(commonName(issuer))
  // Clients check it against their machine's time, whatever the account's clock says.
  const now = wallClockMs()
  certificate.notBefore.value = new Date(now - DAY_MS)
  certificate.notAfter.value = new Date(now + (VALID_DAYS - 1) * DAY_MS)
  await certificate.subjectPublicKeyInfo.importKey(publicKey)
  return certificate
}

function commonName(value: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type: ID.commonName, value: new PrintableString({ value }) })
}

type Encodable = { toSchema: () => { toBER: () => ArrayBuffer } } | { toBER: () => ArrayBuffer }

function extension(extnID: string, value: Encodable, critical = false): Extension {
  const extnValue = 'toSchema' in value ? value.toSchema().toBER() : value.toBER()
  return new Extension({ extnID, critical, extnValue })
}

function bits(bytes: Uint8Array, unusedBits: number): BitString {
  return new BitString({ valueHex: bytes, unusedBits })
}

function generalName(name: string): GeneralName {
  if (isIPv4(name)) return new GeneralName({ type: 7, value: new OctetString({ valueHex: ipv4Bytes(name) }) })
  if (isIPv6(name)) return new GeneralName({ type: 7, value: new OctetString({ valueHex: ipv6Bytes(name) }) })
  return new GeneralName({ type: 2, value: name })
}

function ipv4Bytes(address: string): Uint8Array {
  return new Uint8Array(address.split('.').map(Number))
}

function ipv6Bytes(address: string): Uint8Array {
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''))
  const parts = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  return new Uint8Array(parts.flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]))
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
