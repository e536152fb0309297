import type { Random } from '../../random.ts'

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
