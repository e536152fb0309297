import type { WriteMode } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { listedBy, shownBy } from './keys.ts'

/** Objects of Zendesk Sell, which ends on 31 August 2027. */
const inSell = (many: string) => ({ product: 'sell', name: `sell_${many}`, path: many, at: { show: many } }) as const

/** With fields of their own, and an upsert that creates none twice. Lists in them are replaced as a whole: they are read first. */
const upsertedInSell = (many: string) =>
  ({
    ...inSell(many),
    createsByUpsert: true,
    fields: { name: 'custom_fields', form: 'keys', from: `${many.slice(0, -1)}/custom_fields` },
  }) as const

export const sellContacts = defineObject({
  ...upsertedInSell('contacts'),
  // A company may have the address, or the name, of a person.
  keys: [listedBy('email'), listedBy('email', 'is_organization'), listedBy('name', 'is_organization'), shownBy('id')],
  writable:
    'is_organization:boolean owner_id:integer contact_id:integer parent_organization_id:integer name first_name last_name customer_status prospect_status title description industry website email phone mobile fax twitter facebook linkedin skype address:object billing_address:object shipping_address:object tags:set custom_fields:object',
  required: ['last_name|name'],
  fixed: ['is_organization'],
  references: 'contact_email:sell_contacts',
})

export const sellLeads = defineObject({
  ...upsertedInSell('leads'),
  keys: [listedBy('email'), shownBy('id')],
  writable:
    'owner_id:integer source_id:integer first_name last_name organization_name status title description industry website email phone mobile fax twitter facebook linkedin skype address:object tags:set custom_fields:object',
  required: ['last_name|organization_name'],
})

export const sellDeals = defineObject({
  ...upsertedInSell('deals'),
  keys: [listedBy('name', 'contact_id'), shownBy('id')],
  writable:
    'name contact_id:integer value:number currency owner_id:integer source_id:integer stage_id:integer loss_reason_id:integer unqualified_reason_id:integer estimated_close_date customized_win_likelihood:integer hot:boolean added_on last_stage_change_at tags:set custom_fields:object',
  required: ['name', 'contact_id'],
  references: 'contact_email:sell_contacts',
})

const NOTE = ['resource_type', 'resource_id', 'content']
const NEVER_CHANGED: readonly WriteMode[] = ['append', 'append_dedup', 'soft_delete']

/** There is no upsert of notes: one with the same content is the same note. */
export const sellNotes = defineObject({
  ...inSell('notes'),
  keys: [{ columns: NOTE, find: 'list', by: 'resource_type resource_id', modes: NEVER_CHANGED }, shownBy('id')],
  writable: 'resource_type resource_id:integer content',
  required: NOTE,
  fixed: ['resource_type', 'resource_id'],
})
