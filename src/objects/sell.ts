import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

const byId = { columns: ['id'], find: 'show_many', by: 'ids', modes: BY_ID } as const

/** Objects of Zendesk Sell, which ends on 31 August 2027. Lists in it are replaced as a whole: they are read first. */
const inSell = (many: string) =>
  ({
    product: 'sell',
    name: `sell_${many}`,
    one: many.slice(0, -1),
    path: many,
    at: { show: many },
    bulk: [],
    sets: ['tags'],
    createsByUpsert: true,
    fields: { name: 'custom_fields', form: 'keys', from: `${many.slice(0, -1)}/custom_fields` },
  }) as const

export const sellContacts: WriteObject = {
  ...inSell('contacts'),
  keys: [
    { columns: ['email'], find: 'list', modes: EVERY },
    // A company may have the address, or the name, of a person.
    { columns: ['email', 'is_organization'], find: 'list', modes: EVERY },
    { columns: ['name', 'is_organization'], find: 'list', modes: EVERY },
    byId,
  ],
  writable:
    'is_organization:boolean owner_id:integer contact_id:integer parent_organization_id:integer name first_name last_name customer_status prospect_status title description industry website email phone mobile fax twitter facebook linkedin skype address:object billing_address:object shipping_address:object tags:array custom_fields:object',
  required: ['last_name|name'],
  fixed: ['is_organization'],
  references: { contact_email: { fills: 'contact_id', object: 'sell_contacts', by: 'email' } },
}

export const sellLeads: WriteObject = {
  ...inSell('leads'),
  keys: [{ columns: ['email'], find: 'list', modes: EVERY }, byId],
  writable:
    'owner_id:integer source_id:integer first_name last_name organization_name status title description industry website email phone mobile fax twitter facebook linkedin skype address:object tags:array custom_fields:object',
  required: ['last_name|organization_name'],
}

export const sellDeals: WriteObject = {
  ...inSell('deals'),
  keys: [{ columns: ['name', 'contact_id'], find: 'list', modes: EVERY }, byId],
  writable:
    'name contact_id:integer value:number currency owner_id:integer source_id:integer stage_id:integer loss_reason_id:integer unqualified_reason_id:integer estimated_close_date customized_win_likelihood:integer hot:boolean added_on last_stage_change_at tags:array custom_fields:object',
  required: ['name', 'contact_id'],
  references: { contact_email: { fills: 'contact_id', object: 'sell_contacts', by: 'email' } },
}

export const sellNotes: WriteObject = {
  ...inSell('notes'),
  // There is no upsert of notes: one with the same content is the same note.
  keys: [
    {
      columns: ['resource_type', 'resource_id', 'content'],
      find: 'list',
      by: 'resource_type resource_id',
      modes: ['append', 'append_dedup', 'soft_delete'],
    },
    byId,
  ],
  writable: 'resource_type resource_id:integer content',
  required: ['resource_type', 'resource_id', 'content'],
  fixed: ['resource_type', 'resource_id'],
  fields: undefined,
  sets: undefined,
  createsByUpsert: undefined,
}
