// Views that unnest the lists that people ask for most: a row for each tag, custom field, domain and attachment.
import { quoted } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Known } from './known.ts'
import type { Target } from './target.ts'

interface View {
  readonly name: string
  /** The column that holds the list, and what names the row that it stands in. */
  readonly list: string
  readonly owner: string
  /** Its columns, each with the member of the list's objects; none: the elements are texts themselves. */
  readonly columns: Readonly<Record<string, string>> | string
}

const VIEWS: Readonly<Record<string, readonly View[]>> = {
  tickets: [
    { name: 'ticket_tags', list: 'tags', owner: 'ticket_id', columns: 'tag' },
    {
      name: 'ticket_custom_fields',
      list: 'custom_fields',
      owner: 'ticket_id',
      columns: { field_id: 'id', value: 'value' },
    },
  ],
  users: [{ name: 'user_tags', list: 'tags', owner: 'user_id', columns: 'tag' }],
  organizations: [
    { name: 'organization_tags', list: 'tags', owner: 'organization_id', columns: 'tag' },
    { name: 'organization_domains', list: 'domain_names', owner: 'organization_id', columns: 'domain_name' },
  ],
  ticket_comments: [
    {
      name: 'comment_attachments',
      list: 'attachments',
      owner: 'comment_id',
      columns: {
        attachment_id: 'id',
        file_name: 'file_name',
        content_type: 'content_type',
        size: 'size',
        url: 'content_url',
      },
    },
  ],
}

/** Columns of views that hold whole numbers. */
const WHOLE = new Set(['field_id', 'attachment_id', 'size'])

/** Makes the views on a table that are not there. One of the same name that is there already is somebody's own. */
export async function makeViews(
  warehouse: Warehouse,
  { stream, place, columns, mode }: Target,
  known: Known,
): Promise<void> {
  for (const view of VIEWS[stream] ?? []) {
    if (!columns.some(({ field, type }) => field === view.list && type === 'json')) continue
    if (known.columnsOf(view.name).length > 0) continue
    const { integer } = warehouse.types
    const members =
      typeof view.columns === 'string'
        ? [`${warehouse.elementText('x.element')} as ${quoted(view.columns)}`]
        : Object.entries(view.columns).map(([name, member]) => {
            const text = `x.element ->> '${member}'`
            return `${WHOLE.has(name) ? `cast(${text} as ${integer})` : `(${text})`} as ${quoted(name)}`
          })
    const living = mode === 'history' ? 't._valid_to is null' : 't._deleted_at is null'
    await warehouse.run(
      `create view ${warehouse.schema}.${quoted(view.name)} as select t.id as ${view.owner}, ${members.join(', ')}
       from ${place} as t, lateral (${warehouse.elements(`t.${quoted(view.list)}`)}) as x where ${living}`,
    )
  }
}
