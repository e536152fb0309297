import type { File, Origin, PhoneCall, Via } from '../../account/model.ts'
import { SYSTEM_ORIGIN } from '../../account/tickets/origin.ts'
import type { Random } from '../../random.ts'

/** The channels that tickets and comments come by, likelier ones more often. */
export const CHANNELS: readonly Via[] = ['web', 'web', 'web', 'email', 'email', 'email', 'api', 'mobile', 'voice'].map(
  (channel) => ({ channel }),
)

const ORIGINS: readonly Origin[] = [
  ['Mozilla/5.0 (X11; Linux x86_64)', '192.0.2.10', 'Aarhus, 82, Denmark', 56.15, 10.2],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', '192.0.2.44', 'Oslo, 12, Norway', 59.9, 10.7],
  ['axios/1.15.0', '198.51.100.7', 'São Paulo, 27, Brazil', -23.5, -46.6],
  ['Zenpy/2.0.38', '203.0.113.99', '東京, 13, Japan', 35.7, 139.7],
].map(([client, ip, location, latitude, longitude]) => ({
  client: String(client),
  ip_address: String(ip),
  location: String(location),
  latitude: Number(latitude),
  longitude: Number(longitude),
}))

/** Where one request came from. */
export function someOrigin(random: Random): Origin {
  return random.chance(0.2) ? SYSTEM_ORIGIN : random.pick(ORIGINS)
}

/** Files that people attach. */
export const FILES: readonly File[] = [
  { name: 'invoice.pdf', type: 'application/pdf', size: 18_231, width: null },
  { name: 'Skærmbillede 2024-05-01 kl. 10.00.00.png', type: 'image/png', size: 240_117, width: 1280 },
  {
    name: '請求書 (1).xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    size: 9_001,
    width: null,
  },
  { name: 'log.txt', type: 'text/plain', size: 0, width: null },
  { name: 'a&b "c".zip', type: 'application/zip', size: 20_971_520, width: null },
]

/** A phone call that ended when its ticket was written (epoch seconds). */
export function voiceCall(random: Random, at: number, agent: number): PhoneCall {
  const duration = random.between(0, 1800)
  return {
    from: `+1555010${random.between(1000, 9999)}`,
    to: '+15550100199',
    start: at - duration,
    duration,
    answeredBy: random.chance(0.6) ? agent : null,
  }
}
