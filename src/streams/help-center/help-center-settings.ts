import type { Category } from '../../generated/categories.ts'
import type { Label } from '../../generated/labels.ts'
import type { Section } from '../../generated/sections.ts'
import type { Topic } from '../../generated/topics.ts'
import type { UserSegment } from '../../generated/user_segments.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { defineStream, shownUnder } from '../define.ts'

const categoryList = cursorList({ path: 'help_center/categories' })
export const categories = defineStream<Category>()({
  name: 'categories',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: categoryList,
  show: shownUnder(categoryList),
})

const sectionList = cursorList({ path: 'help_center/sections' })
export const sections = defineStream<Section>()({
  name: 'sections',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: sectionList,
  show: shownUnder(sectionList),
})

export const labels = defineStream<Label>()({
  name: 'labels',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'help_center/articles/labels' }),
})

export const userSegments = defineStream<UserSegment>()({
  name: 'user_segments',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'help_center/user_segments' }),
})

export const topics = defineStream<Topic>()({
  name: 'topics',
  needs: 'A help center with a community: Suite Professional, or above',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'community/topics' }),
})
