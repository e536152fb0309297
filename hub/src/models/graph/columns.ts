// What the views of this set have in common.
import { picked, type Tables } from '../model.ts'

/** All users, those that were deleted as well: with `is_living`. */
export function usersIn(tables: Tables): string {
  const users = picked(tables, 'users', {
    id: 'integer',
    name: 'text',
    email: 'text',
    phone: 'text',
    shared_phone_number: 'boolean',
    external_id: 'text',
    role: 'text',
    organization_id: 'integer',
    active: 'boolean',
    created_at: 'time',
    updated_at: 'time',
    _deleted_at: 'time',
  })
  return `(select u.*, u._deleted_at is null and u.active is not false as is_living from ${users} as u)`
}

/** An e-mail address as it is compared: Zendesk does not tell upper from lower case in them. */
export const emailOf = (column: string): string => `lower(trim(${column}))`

/** A telephone number as it is compared: its digits, without the zeros that stand for a plus. */
export const phoneOf = (column: string): string =>
  `regexp_replace(regexp_replace(${column}, '[^0-9]', '', 'g'), '^00', '')`

/** A whole number as text: ids of people are texts where some have no number. */
export const asText = (tables: Tables, column: string): string => `cast(${column} as ${tables.types.text})`
