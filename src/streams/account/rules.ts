import type { Automation } from '../../generated/automations.ts'
import type { Macro } from '../../generated/macros.ts'
import type { Trigger } from '../../generated/triggers.ts'
import type { View } from '../../generated/views.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { defineStream, shownUnder } from '../define.ts'

// All four lists include inactive rules.

const macroList = cursorList({ path: 'macros' })
export const macros = defineStream<Macro>()({
  name: 'macros',
  cursorField: 'updated_at',
  walk: macroList,
  show: shownUnder(macroList),
})

const triggerList = cursorList({ path: 'triggers' })
export const triggers = defineStream<Trigger>()({
  name: 'triggers',
  cursorField: 'updated_at',
  walk: triggerList,
  show: shownUnder(triggerList),
})

const automationList = cursorList({ path: 'automations' })
export const automations = defineStream<Automation>()({
  name: 'automations',
  cursorField: 'updated_at',
  walk: automationList,
  show: shownUnder(automationList),
})

/** In order of their creation. A view that became private to others leaves the list like a deleted one. */
export const views = defineStream<View>()({
  name: 'views',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'views' }),
  count: 'views/count',
})
