// Writing back in the browser: a mapping, a dry run, a run, a rejected row and its replay, audiences.
import { deepStrictEqual, match } from 'node:assert'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openDuckdb } from '../../src/warehouse/duckdb/open.ts'
import { openPostgres } from '../../src/warehouse/postgres/open.ts'

export interface JourneyTools {
  readonly page: Page
  readonly origin: string
  /** Where the hub runs. */
  readonly folder: string
  /** The address of a PostgreSQL database; left out: DuckDB alone. */
  readonly postgres: string | undefined
  readonly sandbox: {
    readonly url: string
    readonly authorization: string
    readonly credentials: { readonly email: string; readonly apiToken: string }
  }
  readonly shows: (selector: string, text: string | RegExp, timeout?: number) => Promise<void>
  readonly press: (name: string) => Promise<void>
  readonly picture: (name: string) => Promise<void>
}

/** The checks, by what they promise. */
export function writeJourneys(tools: JourneyTools): Record<string, () => Promise<void>> {
  const places = { DuckDB: 'duckdb:back.duckdb', ...(tools.postgres && { PostgreSQL: tools.postgres }) }
  return Object.fromEntries(
    Object.entries(places).flatMap(([database, to]) => Object.entries(journeyOf(database, to, tools))),
  )
}

function journeyOf(database: string, to: string, tools: JourneyTools): Record<string, () => Promise<void>> {
  const { page, origin, folder, sandbox, shows, press, picture } = tools
  const name = `back ${database}`
  const prefix = database.toLowerCase()
  const at = (path: string): string => `${origin}/connections/${encodeURIComponent(name)}${path}`
  const isFile = to.startsWith('duckdb:')
  const run = async (...statements: readonly string[]): Promise<void> => {
    const warehouse = isFile
      ? await openDuckdb({ path: join(folder, 'back.duckdb'), schema: 'main', memory: '200MB' })
      : await openPostgres({ url: to, schema: 'zendesk' })
    for (const statement of statements) await warehouse.run(statement)
    await warehouse.close()
  }
  const table = isFile ? 'customers' : 'zendesk.customers'
  const userOf = async (externalId: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const answer = await fetch(`${sandbox.url}/api/v2/users/show_many?external_ids=${externalId}`, {
      headers: { authorization: sandbox.authorization },
    })
    return ((await answer.json()) as { users: Readonly<Record<string, unknown>>[] }).users[0]
  }
  const accept = (): void => void page.once('dialog', (dialog) => dialog.accept())
  const chosen = async (write: string, query: string): Promise<void> => {
    await page.goto(at('/write'))
    await page.getByRole('link', { name: 'Add a write' }).click()
    await page.locator('[name=name]').fill(write)
    await page.locator('[name=query]').fill(query)
    await page.locator('[name=object]').selectOption('users')
    await press('Next: the mapping')
  }
  const map = (column: string, field: string) =>
    page.getByLabel(`Field for ${column}`, { exact: true }).selectOption(field)
  return {
    [`${database}: a write gets its mapping, and a dry run shows what differs`]: async () => {
      await run(
        `create table ${table} (customer text, full_name text, surname text, mail text, role text, spender text)`,
        ...Array.from({ length: 30 }, (_, nth) => {
          const role = nth === 4 ? 'agent' : 'end-user'
          return `insert into ${table} values ('${prefix}-${nth}', 'Customer ${nth}', 'Nr ${nth}', '${prefix}-${nth}@example.com', '${role}', 'realized')`
        }),
      )
      const { email, apiToken: api_token } = sandbox.credentials
      const source = {
        subdomain: 'acme',
        base_url: sandbox.url,
        credentials: { credentials: 'api_token', email, api_token },
      }
      const csrf = await page.evaluate(
        `fetch('/').then((a) => a.text()).then((t) => /name="_csrf" value="([^"]+)"/.exec(t)[1])`,
      )
      const status = await page.evaluate(
        `fetch('/api/v1/connections', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': '${csrf}' }, body: ${JSON.stringify(JSON.stringify({ name, source, to, schedule: 'manual' }))} }).then((a) => a.status)`,
      )
      deepStrictEqual(status, 201)
      await chosen('customers', `select customer, full_name, mail, role, surname from ${table}`)
      await shows('.facts', '30 rows')
      await map('customer', 'external_id')
      await map('full_name', 'name')
      await map('mail', 'email')
      await map('role', 'role')
      await picture(`write-mapping-${prefix}`)
      await press('Save')
      await shows('.notice', 'Saved.')
      await press('Dry run')
      await shows('#write-now .numbers', /30\s*to be created|29\s*to be created/, 60_000)
      await page.getByRole('link', { name: 'Its differences and rejected rows' }).click()
      await shows('table', 'Customer 3')
      await picture(`write-dry-run-${prefix}`)
      deepStrictEqual(await userOf(`${prefix}-3`), undefined)
    },
    [`${database}: a run writes, and the row that is refused is kept whole and replayed`]: async () => {
      await page.goto(at('/writes/customers'))
      accept()
      await press('Write now')
      await shows('#write-rejected', 'raise_roles', 60_000)
      await shows('#write-now .numbers', /29\s*created/)
      deepStrictEqual((await userOf(`${prefix}-3`))?.['name'], 'Customer 3')
      await page.locator('#write-rejected summary').click()
      await shows('#write-rejected pre', `"external_id": "${prefix}-4"`)
      await picture(`write-rejected-${prefix}`)
      await page.getByRole('link', { name: 'Edit', exact: true }).last().click()
      await page.getByText('Options of writing').click()
      await page.locator('[name="options.raise_roles"]').check()
      await press('Save')
      await shows('.notice', 'Saved.')
      await page.getByLabel(`Replay ${prefix}-4`).check()
      await press('Replay the chosen rows')
      await shows('#write-rejected', 'None.', 60_000)
      deepStrictEqual((await userOf(`${prefix}-4`))?.['role'], 'agent')
      await run(`update ${table} set full_name = 'Renamed' where customer = '${prefix}-7'`)
      accept()
      await press('Write now')
      await shows('#write-now .numbers', /1\s*updated\s*29\s*unchanged/, 60_000)
      await picture(`write-${prefix}`)
    },
    [`${database}: an audience needs a field that exists, and its members get it`]: async () => {
      await chosen('spenders', `select customer, surname, mail, spender from ${table} where customer <> '${prefix}-4'`)
      await map('customer', 'external_id')
      await map('mail', 'email')
      await page.locator('[name=audiences]').fill('spender = No such field')
      await press('Save')
      await shows('.fault', /last_name/)
      await map('surname', 'last_name')
      await press('Save')
      await shows('.fault', /no custom field "No such field"/)
      await page.locator('[name=audiences]').fill('spender = tag:spender')
      await press('Save')
      await shows('.notice', 'Saved.')
      accept()
      await press('Write now')
      await shows('#write-now .numbers', /29\s*updated/, 60_000)
      deepStrictEqual((await userOf(`${prefix}-9`))?.['tags'], ['spender'])
      await page.goto(at('/write'))
      await shows('#writes', 'spenders')
      await picture(`writes-${prefix}`)
      match(await page.locator('#writes').innerText(), /customers[\s\S]*Complete[\s\S]*spenders[\s\S]*Complete/)
    },
  }
}

/** Pages of it that axe-core looks at. */
export const WRITE_PAGES = ['/write', '/write/new', '/writes/customers', '/writes/customers/edit'].map(
  (path) => `/connections/back%20DuckDB${path}`,
)
