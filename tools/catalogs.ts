// Writes catalog/: ready configured catalogs, of the streams that every account has, as discovery shows them:
// `npm run generate`. A test holds the folder against what this gives, and against discovery.
import type { Stream } from '../src/model/stream.ts'
import { catalogOf } from '../src/protocols/airbyte/catalog.ts'
import { families, streams } from '../src/streams/index.ts'

interface CatalogStream {
  readonly name: string
  readonly supported_sync_modes: readonly string[]
  readonly default_cursor_field?: readonly string[]
  readonly source_defined_primary_key?: readonly (readonly string[])[]
}

type FamilyTitle = (typeof families)[number]['title']

/** The names of a family's streams, but for some. */
const family = (title: FamilyTitle, ...without: readonly string[]): readonly string[] =>
  families
    .filter((one) => one.title === title)
    .flatMap((one): readonly Stream[] => one.streams)
    .map(({ name }) => name)
    .filter((name) => !without.includes(name))

/**
 * What each catalog is for, by the streams in it: whole families, and single streams of others. What is in none of them is
 * in `everything` all the same.
 */
const CATALOGS: Readonly<Record<string, readonly string[]>> = {
  /** How tickets are handled: by whom, how fast, how well. */
  helpdesk: [
    ...family('Tickets', 'ticket_events', 'ticket_activities', 'requests'),
    'ticket_fields',
    'ticket_forms',
    'custom_statuses',
    'tags',
    'users',
    'organizations',
    'groups',
    'group_memberships',
    'brands',
    'sla_policies',
    'schedules',
    'schedule_holidays',
    'calls',
    'call_legs',
    'phone_numbers',
  ],
  /** Whom the account knows, and what they asked for. */
  crm: [...family('People', 'custom_roles'), 'tickets', 'satisfaction_ratings', 'brands'],
  /** The help center and its community. */
  content: [...family('Help center'), ...family('Community'), 'dynamic_content', 'locales', 'brands', 'users'],
  /** How the account is set up, and who changed that. */
  configuration: [
    ...family('Forms and fields of tickets', 'tags'),
    'user_fields',
    'organization_fields',
    'custom_roles',
    'groups',
    'group_memberships',
    ...family('Settings'),
    'categories',
    'sections',
    'user_segments',
    'topics',
    ...family('Talk', 'calls', 'call_legs', 'agents_activity', 'current_queue_activity'),
  ],
  everything: streams.map(({ name }) => name),
}

/** Every catalog, by its file's name below catalog/. */
export function catalogFiles(): ReadonlyMap<string, string> {
  const { streams: shown } = catalogOf(streams, 'delete') as { readonly streams: readonly CatalogStream[] }
  const entries = new Map(shown.map((stream) => [stream.name, JSON.stringify(entryOf(stream))]))
  const files = Object.entries(CATALOGS).map(([name, chosen]): [string, string] => {
    const lines = chosen.map((stream) => {
      const entry = entries.get(stream)
      if (entry === undefined) throw new Error(`catalog/${name}.json: there is no stream ${stream}.`)
      return entry
    })
    return [`${name}.json`, `{"streams":[\n${lines.join(',\n')}\n]}\n`]
  })
  return new Map(files)
}

/** A stream as most connections read it: what changed, each row once. */
function entryOf(stream: CatalogStream): object {
  const { supported_sync_modes, default_cursor_field, source_defined_primary_key } = stream
  const isIncremental = supported_sync_modes.includes('incremental')
  return {
    stream,
    sync_mode: isIncremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: isIncremental ? 'append_dedup' : 'overwrite',
    ...(default_cursor_field && { cursor_field: default_cursor_field }),
    ...(source_defined_primary_key && { primary_key: source_defined_primary_key }),
  }
}
