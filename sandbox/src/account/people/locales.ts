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

/** The languages that the account's people can read, the default first. Assumed (fact 363): the ids other than 1. */
export const LOCALES = [
  [1, 'en-US', 'English', 'English'],
  [2, 'es', 'Spanish', 'Español'],
  [8, 'de', 'German', 'Deutsch'],
  [16, 'fr', 'French', 'Français'],
  [67, 'ja', 'Japanese', '日本語'],
  [1000, 'da', 'Danish', 'Dansk'],
  [66, 'ar', 'Arabic', '‫العربية‬'],
] as const
