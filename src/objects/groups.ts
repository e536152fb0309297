import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

export const groups: WriteObject = {
  name: 'groups',
  one: 'group',
  keys: [
    { columns: ['name'], find: 'whole', modes: EVERY },
    { columns: ['id'], find: 'one', modes: BY_ID },
  ],
  writable: 'name description is_public',
  required: ['name'],
  bulk: [],
  isDeleted: ({ deleted }) => deleted === true,
}
