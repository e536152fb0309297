import type { BadgeAssignment } from '../../generated/badge_assignments.ts'
import type { BadgeCategory } from '../../generated/badge_categories.ts'
import type { Badge } from '../../generated/badges.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { defineStream } from '../define.ts'

// Badges of the community (fact 261). Assumed (fact 384): a list that is longer than a page goes on by cursor, as those of
// the help center do; shorter ones come whole, which is read as well.

const needs = 'A help center with a community: Suite Professional, or above; and a user who manages it'

export const badgeCategories = defineStream<BadgeCategory>()({
  name: 'badge_categories',
  needs,
  cursorField: 'updated_at',
  walk: cursorList({ path: 'gather/badge_categories' }),
})

export const badges = defineStream<Badge>()({
  name: 'badges',
  needs,
  cursorField: 'updated_at',
  walk: cursorList({ path: 'gather/badges' }),
})

/** An assignment never changes: it is made and removed. */
export const badgeAssignments = defineStream<BadgeAssignment>()({
  name: 'badge_assignments',
  needs,
  cursorField: 'created_at',
  walk: cursorList({ path: 'gather/badge_assignments' }),
})
