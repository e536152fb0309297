import { defineObject } from './define.ts'
import { amongAll, byId } from './keys.ts'

export const macros = defineObject({
  name: 'macros',
  keys: [amongAll('title'), byId],
  writable: 'title active actions description position restriction',
  required: ['title', 'actions'],
})
