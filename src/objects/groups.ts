import { defineObject } from './define.ts'
import { amongAll, byId } from './keys.ts'

export const groups = defineObject({
  name: 'groups',
  keys: [amongAll('name'), byId],
  writable: 'name description is_public',
  required: ['name'],
  isDeleted: ({ deleted }) => deleted === true,
})
