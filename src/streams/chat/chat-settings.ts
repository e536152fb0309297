import type { ChatAgent } from '../../generated/chat_agents.ts'
import type { ChatBan } from '../../generated/chat_bans.ts'
import type { ChatDepartment } from '../../generated/chat_departments.ts'
import type { ChatGoal } from '../../generated/chat_goals.ts'
import type { ChatShortcut } from '../../generated/chat_shortcuts.ts'
import type { ChatTrigger } from '../../generated/chat_triggers.ts'
import { chatList, chatListById } from '../../zendesk/walks/chat.ts'
import { areRows, rowsOf } from '../../zendesk/walks/rows.ts'
import { defineStream } from '../define.ts'

// Records of Chat's settings do not say when they were changed; of agents and bans it is known when they were made.

const needs = 'Zendesk Chat'

/** Documented as 0 and 1, and seen as false and true: the latter here. */
const enabled = ({ enabled: is }: { readonly enabled: boolean | null | undefined }): boolean | null =>
  is === null || is === undefined ? null : Boolean(is)

export const chatAgents = defineStream<ChatAgent>()({
  name: 'chat_agents',
  needs,
  cursorField: 'create_date',
  adds: { enabled },
  walk: { ...chatListById('agents', (page) => [rowsOf(page, 'agents')]), key: 'agents', isBare: true },
})

export const chatDepartments = defineStream<ChatDepartment>()({
  name: 'chat_departments',
  needs,
  walk: chatList('departments'),
})

export const chatShortcuts = defineStream<ChatShortcut>()({
  name: 'chat_shortcuts',
  needs,
  walk: chatList('shortcuts'),
})

export const chatTriggers = defineStream<ChatTrigger>()({
  name: 'chat_triggers',
  needs,
  walk: chatList('triggers'),
  adds: { enabled },
})

/** Banned addresses and banned visitors stand in one answer, each in a list of their own (fact 278). */
export const chatBans = defineStream<ChatBan>()({
  name: 'chat_bans',
  needs,
  cursorField: 'created_at',
  walk: chatListById(
    'bans',
    (page) => [rowsOf(page, 'ip_address'), rowsOf(page, 'visitor')],
    (page) => areRows(page['ip_address']) && areRows(page['visitor']),
  ),
})

export const chatGoals = defineStream<ChatGoal>()({
  name: 'chat_goals',
  needs,
  walk: chatList('goals'),
  adds: { enabled },
})
