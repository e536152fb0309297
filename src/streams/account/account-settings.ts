import type { Brand } from '../../generated/brands.ts'
import type { DynamicContentItem } from '../../generated/dynamic_content.ts'
import type { JobStatus } from '../../generated/job_statuses.ts'
import type { Locale } from '../../generated/locales.ts'
import type { RecipientAddress } from '../../generated/recipient_addresses.ts'
import type { SharingAgreement } from '../../generated/sharing_agreements.ts'
import type { Target } from '../../generated/targets.ts'
import type { Webhook } from '../../generated/webhooks.ts'
import type { Workspace } from '../../generated/workspaces.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { defineStream } from '../define.ts'

/** Deleted brands leave the list. */
export const brands = defineStream<Brand>()({
  name: 'brands',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: cursorList({ path: 'brands' }),
  deletedAt: (brand) => (brand.is_deleted === true ? brand.updated_at : undefined),
})

/** With the text in every language. */
export const dynamicContent = defineStream<DynamicContentItem>()({
  name: 'dynamic_content',
  needs: 'Suite Growth, Support Professional, or above',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'dynamic_content/items' }),
})

export const locales = defineStream<Locale>()({
  name: 'locales',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'locales' }),
})

export const recipientAddresses = defineStream<RecipientAddress>()({
  name: 'recipient_addresses',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'recipient_addresses' }),
})

export const sharingAgreements = defineStream<SharingAgreement>()({
  name: 'sharing_agreements',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'sharing_agreements' }),
})

export const targets = defineStream<Target>()({
  name: 'targets',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'targets' }),
})

/** A webhook that was never changed has no `updated_at`. */
export const webhooks = defineStream<Webhook>()({
  name: 'webhooks',
  needs: 'An administrator',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'webhooks' }),
})

/** The jobs of about the last day, without any times. A job without results for single records has one result for all. */
export const jobStatuses = defineStream<JobStatus>()({
  name: 'job_statuses',
  walk: cursorList({ path: 'job_statuses' }),
  records: (jobs) => jobs.map((job) => ({ ...job, ...(job.results && { results: [job.results].flat() }) })),
})

/**
 * Pages by number, for agents; only administrators are shown a single workspace, so that one that is missing is not asked for
 * (fact 226). Assumed (fact 382): the list has those that are switched off too.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/workspaces/#list-workspaces
 */
export const workspaces = defineStream<Workspace>()({
  name: 'workspaces',
  needs: 'Suite or Support Enterprise, or above',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'workspaces' }),
})
