import type { BrandAgent } from '../../generated/brand_agents.ts'
import type { Brand } from '../../generated/brands.ts'
import type { DynamicContentItem } from '../../generated/dynamic_content.ts'
import type { JobStatus } from '../../generated/job_statuses.ts'
import type { Locale } from '../../generated/locales.ts'
import type { OauthClient } from '../../generated/oauth_clients.ts'
import type { RecipientAddress } from '../../generated/recipient_addresses.ts'
import type { ResourceCollection } from '../../generated/resource_collections.ts'
import type { Session } from '../../generated/sessions.ts'
import type { SharingAgreement } from '../../generated/sharing_agreements.ts'
import type { Target } from '../../generated/targets.ts'
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

/** Which agents work for which brands (fact 268). */
export const brandAgents = defineStream<BrandAgent>()({
  name: 'brand_agents',
  needs: 'An administrator',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'brand_agents' }),
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

/** Without the beginning of the secret, which the list shows (fact 269). */
export const oauthClients = defineStream<OauthClient, OauthClient & { readonly secret?: string | null }>()({
  name: 'oauth_clients',
  needs: 'An administrator',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'oauth/clients', key: 'clients' }),
  records: (clients) => clients.map(({ secret: _, ...client }) => client),
})

/** Those who are signed in now: a session that ended leaves the list. Agents would be given their own only (fact 270). */
export const sessions = defineStream<Session>()({
  name: 'sessions',
  needs: 'An administrator',
  cursorField: 'last_seen_at',
  rowsLeave: true,
  adminOnly: true,
  walk: cursorList({ path: 'sessions' }),
})

/** What apps made in the account when they were installed (fact 271). */
export const resourceCollections = defineStream<ResourceCollection>()({
  name: 'resource_collections',
  needs: 'An administrator',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'resource_collections' }),
})
