import type { AccountOverview } from '../../generated/account_overview.ts'
import type { AgentActivity } from '../../generated/agents_activity.ts'
import type { AgentsOverview } from '../../generated/agents_overview.ts'
import type { CurrentQueueActivity } from '../../generated/current_queue_activity.ts'
import type { GreetingCategory } from '../../generated/greeting_categories.ts'
import type { Greeting } from '../../generated/greetings.ts'
import type { IvrMenuRecord } from '../../generated/ivr_menus.ts'
import type { IvrRouteRecord } from '../../generated/ivr_routes.ts'
import type { Ivr } from '../../generated/ivrs.ts'
import type { Line } from '../../generated/lines.ts'
import type { PhoneNumber } from '../../generated/phone_numbers.ts'
import type { TalkAddress } from '../../generated/talk_addresses.ts'
import type { TalkSettings } from '../../generated/talk_settings.ts'
import { numberedList, oneRow } from '../../zendesk/walks/list.ts'
import { defineStream } from '../define.ts'

// Records of Talk do not say when they were changed.

/** Ids of greetings as the greetings have them: Zendesk's own have names in place of numbers (fact 240). */
const asText = ({ greeting_ids: ids }: { readonly greeting_ids?: readonly unknown[] | null | undefined }): unknown =>
  ids?.map(String) ?? ids

export const phoneNumbers = defineStream<PhoneNumber>()({
  name: 'phone_numbers',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/phone_numbers' }),
  reads: { greeting_ids: true },
  adds: { greeting_ids: asText },
})

export const lines = defineStream<Line>()({
  name: 'lines',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/lines' }),
  reads: { greeting_ids: true },
  adds: { greeting_ids: asText },
})

export const talkAddresses = defineStream<TalkAddress>()({
  name: 'talk_addresses',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/addresses' }),
})

export const greetings = defineStream<Greeting>()({
  name: 'greetings',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/greetings' }),
  // Those that Zendesk ships have names in place of numbers (fact 240).
  reads: { id: true },
  adds: { id: ({ id }) => String(id) },
})

export const greetingCategories = defineStream<GreetingCategory>()({
  name: 'greeting_categories',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/greeting_categories' }),
})

const ivrList = numberedList({ path: 'channels/voice/ivr', key: 'ivrs' })

export const ivrs = defineStream<Ivr>()({
  name: 'ivrs',
  needs: 'Talk',
  walk: ivrList,
})

/** The menus inside of the phone menus: no request of their own. */
export const ivrMenus = defineStream<IvrMenuRecord, Ivr>()({
  name: 'ivr_menus',
  needs: 'Talk',
  walk: ivrList,
  reads: { id: true, menus: { greeting_id: true } },
  at: ['menus'],
  // Text, as greetings have it (fact 240).
  adds: {
    ivr_id: (_menu, ivr) => ivr.id,
    greeting_id: ({ greeting_id: id }) => (id === null || id === undefined ? null : String(id)),
  },
})

/** The keys of those menus. */
export const ivrRoutes = defineStream<IvrRouteRecord, Ivr>()({
  name: 'ivr_routes',
  needs: 'Talk',
  walk: ivrList,
  reads: { id: true, menus: { id: true, routes: {} } },
  at: ['menus', 'routes'],
  adds: { ivr_id: (_route, _menu, ivr) => ivr.id, ivr_menu_id: (_route, menu) => menu.id },
})

export const agentsActivity = defineStream<AgentActivity>()({
  name: 'agents_activity',
  needs: 'Talk',
  primaryKey: ['agent_id'],
  walk: numberedList({ path: 'channels/voice/stats/agents_activity' }),
})

/** What Talk counts, under its own name. */
const overview = (name: string) => oneRow(`channels/voice/stats/${name}`, name)

export const currentQueueActivity = defineStream<CurrentQueueActivity>()({
  name: 'current_queue_activity',
  needs: 'Talk',
  primaryKey: [],
  walk: overview('current_queue_activity'),
})

export const accountOverview = defineStream<AccountOverview>()({
  name: 'account_overview',
  needs: 'Talk',
  primaryKey: [],
  walk: overview('account_overview'),
})

export const agentsOverview = defineStream<AgentsOverview>()({
  name: 'agents_overview',
  needs: 'Talk',
  primaryKey: [],
  walk: overview('agents_overview'),
})

export const talkSettings = defineStream<TalkSettings>()({
  name: 'talk_settings',
  needs: 'Talk',
  primaryKey: [],
  walk: oneRow('channels/voice/settings', 'settings'),
})
