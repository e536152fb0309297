import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

export const macros: WriteObject = {
  name: 'macros',
  one: 'macro',
  keys: [
    { columns: ['title'], find: 'whole', modes: EVERY },
    { columns: ['id'], find: 'one', modes: BY_ID },
  ],
  writable: 'title active actions description position restriction',
  required: ['title', 'actions'],
  bulk: [],
}
