import type { Category } from '../../generated/categories.ts'
import type { CategoryTranslation } from '../../generated/category_translations.ts'
import type { ContentTag } from '../../generated/content_tags.ts'
import type { Label } from '../../generated/labels.ts'
import type { PermissionGroup } from '../../generated/permission_groups.ts'
import type { SectionTranslation } from '../../generated/section_translations.ts'
import type { Section } from '../../generated/sections.ts'
import type { Theme } from '../../generated/themes.ts'
import type { Topic } from '../../generated/topics.ts'
import type { UserSegment } from '../../generated/user_segments.ts'
import type { Walk } from '../../model/stream.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { defineStream, defineSubstream, shownUnder } from '../define.ts'

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

const translations =
  (kind: 'categories' | 'sections') =>
  ({ id }: { readonly id: number }): Walk =>
    belowParent(cursorList({ path: `help_center/${kind}/${id}/translations`, key: 'translations' }), { source_id: id })

/** Assumed (fact 383): a translation that changes does not always move its category's `updated_at`, so each list is read. */
export const categoryTranslations = defineSubstream<CategoryTranslation, Category>({
  name: 'category_translations',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: categoryList,
  childList: translations('categories'),
})

/** Read like those of categories (fact 383). */
export const sectionTranslations = defineSubstream<SectionTranslation, Section>({
  name: 'section_translations',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: sectionList,
  childList: translations('sections'),
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

/** The list gives 30 tags a page at the most, under `records` (fact 260). */
export const contentTags = defineStream<ContentTag>()({
  name: 'content_tags',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'guide/content_tags', key: 'records', query: { 'page[size]': 30 } }),
})

/** https://developer.zendesk.com/api-reference/help_center/help-center-api/permission_groups/ */
export const permissionGroups = defineStream<PermissionGroup>()({
  name: 'permission_groups',
  needs: 'A help center, and a user who manages it',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'guide/permission_groups' }),
})

/** The themes of all brands, in one answer (fact 263). */
export const themes = defineStream<Theme>()({
  name: 'themes',
  needs: 'A help center, and a user who manages it',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'guide/theming/themes' }),
})
