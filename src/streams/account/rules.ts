import type { Automation } from '../../generated/automations.ts'
import type { Macro } from '../../generated/macros.ts'
import type { TriggerCategory } from '../../generated/trigger_categories.ts'
import type { Trigger } from '../../generated/triggers.ts'
import type { ViewCount } from '../../generated/view_counts.ts'
import type { View } from '../../generated/views.ts'
import { cursorList, oneRow } from '../../zendesk/walks/list.ts'
import { defineStream, defineSubstream, shownUnder } from '../define.ts'

// All four lists include inactive rules.

/** Adds to each macro what this user may do with it (fact 264). */
const withPermissions = { include: 'permissions' }
const macroList = cursorList({ path: 'macros', query: withPermissions })
export const macros = defineStream<Macro>()({
  name: 'macros',
  cursorField: 'updated_at',
  walk: macroList,
  show: (id) => ({ path: `macros/${id}`, query: withPermissions }),
})

const triggerList = cursorList({ path: 'triggers' })
export const triggers = defineStream<Trigger>()({
  name: 'triggers',
  cursorField: 'updated_at',
  walk: triggerList,
  show: shownUnder(triggerList),
})

/** In the order in which their triggers run. */
export const triggerCategories = defineStream<TriggerCategory>()({
  name: 'trigger_categories',
  needs: 'An administrator, or an agent who may manage triggers',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'trigger_categories' }),
})

const automationList = cursorList({ path: 'automations' })
export const automations = defineStream<Automation>()({
  name: 'automations',
  cursorField: 'updated_at',
  walk: automationList,
  show: shownUnder(automationList),
})

const viewList = cursorList({ path: 'views' })

/** In order of their creation. A view that became private to others leaves the list like a deleted one. */
export const views = defineStream<View>()({
  name: 'views',
  cursorField: 'updated_at',
  walk: viewList,
  count: 'views/count',
})

/**
 * One request for each active view. Zendesk counts when it is asked, and answers null until it has (fact 166): the number
 * comes in the next sync. The endpoint for several views at once is limited to six requests in five minutes (fact 265).
 */
export const viewCounts = defineSubstream<ViewCount, View>({
  name: 'view_counts',
  primaryKey: ['view_id'],
  walk: viewList,
  childList: ({ id, active }) => (active === true ? oneRow(`views/${id}/count`, 'view_count') : undefined),
})
