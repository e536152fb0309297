import type { Random } from '../random.ts'

const FIRST = [
  'Mira',
  'Tove',
  'José',
  'Zoë',
  'Łukasz',
  'Nguyễn',
  'Aïcha',
  '美咲',
  'Иван',
  'Øystein',
  'Fatima',
  "O'Neil",
  'Kofi',
  'Åsa',
  'Li',
]
const LAST = [
  'Olsen',
  'Berg',
  'García',
  'Müller',
  'Nowak',
  'Văn',
  'Benali',
  '佐藤',
  'Петров',
  'Ødegård',
  'al-Sayed',
  'Smith',
  'Mensah',
  'Łęcki',
]
const COMPANIES = [
  'Contoso',
  'Fjord',
  'Northwind',
  'Acme',
  'Über',
  'Globex',
  'Initech',
  'Société',
  '株式会社',
  'Ромашка',
  'Umbrella',
  'Hooli',
]
const KINDS = ['Farms', 'Ltd', 'GmbH', '& Sons', 'Labs', 'SA', 'Ærø ApS', 'Group', 'Foods', '🚀 Ventures']

/** A person's name, of one of many scripts; now and then a name like those that break parsers. */
export function personName(random: Random): string {
  if (random.chance(0.01)) return random.pick(['🦄', 'null', 'Robert"); DROP TABLE users;--', 'עדי כהן', 'X'])
  return `${random.pick(FIRST)} ${random.pick(LAST)}`
}

/** A company's name; `nth` keeps it unique, as Zendesk demands. */
export function companyName(random: Random, nth: number): string {
  return `${random.pick(COMPANIES)} ${random.pick(KINDS)} ${nth + 1}`
}

/** Time zones as Zendesk names them, with their IANA names. */
export const ZONES = [
  ['Copenhagen', 'Europe/Copenhagen'],
  ['Eastern Time (US & Canada)', 'America/New_York'],
  ['Tokyo', 'Asia/Tokyo'],
  ['Pacific/Noumea', 'Pacific/Noumea'],
  ['UTC', 'Etc/UTC'],
  ['Nairobi', 'Africa/Nairobi'],
  ['Kathmandu', 'Asia/Kathmandu'],
] as const

/** The languages that the account's people can read, the default first. Assumed: the ids other than 1. */
export const LOCALES = [
  [1, 'en-US', 'English', 'English'],
  [2, 'es', 'Spanish', 'Español'],
  [8, 'de', 'German', 'Deutsch'],
  [16, 'fr', 'French', 'Français'],
  [67, 'ja', 'Japanese', '日本語'],
  [1000, 'da', 'Danish', 'Dansk'],
  [66, 'ar', 'Arabic', '‫العربية‬'],
] as const
