import type { ModelSet } from '../model.ts'
import { group } from './group.ts'
import { user } from './user.ts'

/** Fivetran's Zendesk schema, as far as the public dbt package `dbt_zendesk` reads it. */
export const fivetran: ModelSet = {
  name: 'fivetran',
  about: "the tables of Fivetran's Zendesk connector that the dbt package dbt_zendesk reads",
  models: [user, group],
}
