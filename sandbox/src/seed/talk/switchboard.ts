import type { Store } from '../../account/store.ts'
import { GREETING_CATEGORIES, PHONE_NUMBER_DEFAULTS } from '../../account/talk.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

/** Writes phone numbers, addresses, greetings and an IVR. The first number is the one that tickets' calls went to. */
export function generateSwitchboard(store: Store, random: Random, start: number): void {
  const groups = [...store.groups.values()].filter(({ deleted }) => !deleted).map(({ id }) => id)
  const created_at = isoTime(start)
  const greetings = GREETING_CATEGORIES.map(({ id, name }) => {
    const own = random.chance(0.5)
    return store.table('greetings').add({
      // Greetings that Zendesk ships have names for ids.
      ...(!own && { id: `${name}_en` }),
      ...{ active: true, audio_name: own ? `${name}.mp3` : null, category_id: id, default: !own },
      audio_url: own ? `https://example.org/greetings/${name}.mp3` : null,
      ...{ default_lang: !own, has_sub_settings: false, ivr_ids: [], name: `${name} 🎙️`, pending: false },
      ...{ phone_number_ids: [], upload_id: null, created_at },
    }).id
  })
  const numbers: readonly (readonly [number: string, nickname: string | null, country: string])[] = [
    ['+15550100199', 'Northwind Line', 'US'],
    ['+4520000001', 'Dansk “hotline” 🇩🇰', 'DK'],
    ['+15550103086', null, 'US'],
  ]
  const lines = numbers.map(([number, nickname, country_code], nth) =>
    store.table('phone_numbers').add({
      ...PHONE_NUMBER_DEFAULTS,
      ...{ number, nickname, country_code, created_at, brand_id: store.brand, priority: nth, sms_enabled: nth === 1 },
      name: nickname ?? number,
      display_number: number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3'),
      location: country_code === 'US' ? 'TX' : null,
      group_ids: nth === 2 ? [] : random.some(groups, 2),
      default_group_id: nth === 2 ? null : (groups[0] ?? null),
      greeting_ids: nth === 1 ? greetings.slice(0, 2) : [],
    }),
  )
  const menu = (name: string, first: boolean, routes: readonly object[]) => ({
    ...{ id: store.nextId(), name, default: first, greeting_id: first ? greetings[4] : null, routes },
  })
  const route = (keypress: string, action: string, options: object) => ({
    ...{ id: store.nextId(), keypress, action, greeting: null, options, option_text: `Press ${keypress}` },
  })
  const ivr = store.table('ivrs').add({
    name: 'Main menu ☎️',
    menus: [
      menu('Welcome', true, [
        route('1', 'group', { group_ids: groups.slice(0, 1) }),
        route('2', 'phone_number', { phone_number: '+15550100142' }),
        route('default', 'voicemail', { group_ids: groups.slice(0, 1) }),
      ]),
      menu('日本語', false, []),
    ],
    phone_number_ids: [lines[1]?.id],
    phone_number_names: [lines[1]?.['name']],
    created_at,
  })
  if (lines[1] !== undefined) lines[1]['ivr_id'] = ivr.id
  const address = { provider_reference: 'AD0123456789', state: 'verified', created_at }
  store.table('addresses').add({
    ...address,
    ...{ city: 'Aarhus', country_code: 'DK', name: 'Nørthwind ApS', province: 'Midtjylland', street: 'Åboulevarden 1' },
    zip: '8000',
  })
  store.table('addresses').add({
    ...address,
    ...{
      city: '東京',
      country_code: 'JP',
      name: 'Northwind 株式会社',
      province: '',
      street: '千代田区1-1',
      zip: '100-0001',
    },
    state: 'pending',
  })
}
