import type { AgentActivity } from '../../generated/agents_activity.ts'
import type { CurrentQueueActivity } from '../../generated/current_queue_activity.ts'
import type { GreetingCategory } from '../../generated/greeting_categories.ts'
import type { Greeting } from '../../generated/greetings.ts'
import type { Ivr } from '../../generated/ivrs.ts'
import type { Line } from '../../generated/lines.ts'
import type { PhoneNumber } from '../../generated/phone_numbers.ts'
import type { TalkAddress } from '../../generated/talk_addresses.ts'
import type { TalkSettings } from '../../generated/talk_settings.ts'
import { numberedList, oneAnswer } from '../../zendesk/walks/list.ts'
import { rowOf } from '../../zendesk/walks/rows.ts'
import { defineStream } from '../define.ts'

// Records of Talk do not say when they were changed.

export const phoneNumbers = defineStream<PhoneNumber>()({
  name: 'phone_numbers',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/phone_numbers' }),
})

export const lines = defineStream<Line>()({
  name: 'lines',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/lines' }),
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

export const ivrs = defineStream<Ivr>()({
  name: 'ivrs',
  needs: 'Talk',
  walk: numberedList({ path: 'channels/voice/ivr', key: 'ivrs' }),
})

export const agentsActivity = defineStream<AgentActivity>()({
  name: 'agents_activity',
  needs: 'Talk',
  primaryKey: ['agent_id'],
  walk: numberedList({ path: 'channels/voice/stats/agents_activity' }),
})

export const currentQueueActivity = defineStream<CurrentQueueActivity>()({
  name: 'current_queue_activity',
  needs: 'Talk',
  primaryKey: [],
  walk: oneAnswer('channels/voice/stats/current_queue_activity', (page) => [rowOf(page, 'current_queue_activity')]),
})

export const talkSettings = defineStream<TalkSettings>()({
  name: 'talk_settings',
  needs: 'Talk',
  primaryKey: [],
  walk: oneAnswer('channels/voice/settings', (page) => [rowOf(page, 'settings')]),
})
