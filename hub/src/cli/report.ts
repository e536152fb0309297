// `zendesk-hub report`: support metrics as one page.
import { writeFile } from 'node:fs/promises'
import { HubError, messageOf } from '../errors.ts'
import { readReport } from '../report/numbers.ts'
import { reportPage } from '../report/page.ts'
import { openWarehouse } from './destination.ts'
import { readFlags } from './flags.ts'
import type { Program } from './program.ts'

export const REPORT_USAGE = `Usage: zendesk-hub report [FILE] [--to DESTINATION] [--schema NAME] [--days N] [--json]

Writes a page with charts: backlog, replies, resolutions, reopened tickets, satisfaction, SLA targets and the load of agents, by
week, brand, group, form, priority and channel. The page is one file (report.html) that needs no network.

  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --days N             how many days the charts go back, 1 to 3660 (365)
  --json               writes the numbers to standard output instead of a page
`

const FLAGS = {
  to: { type: 'string' },
  schema: { type: 'string' },
  days: { type: 'string' },
  json: { type: 'boolean' },
} as const

export async function reportCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, 2)
  const [file = 'report.html', more] = positionals
  if (more !== undefined) throw new HubError('report takes one file.')
  const days = Number(values.days ?? 365)
  if (!Number.isInteger(days) || days < 1 || days > 3660) throw new HubError('--days takes a number from 1 to 3660.')
  const to = { to: values.to ?? 'duckdb:zendesk.duckdb', schema: values.schema }
  const warehouse = await openWarehouse(to, { ...program, readOnly: true })
  try {
    const report = await readReport(warehouse, days)
    if (report.missing !== null) throw new HubError(`There is nothing to report: ${report.missing}. Sync it first.`)
    if (values.json) program.write(`${JSON.stringify(report)}\n`)
    else {
      await writeFile(file, await reportPage(report)).catch((error: unknown) => {
        throw new HubError(`${file} cannot be written: ${messageOf(error)}`)
      })
      program.write(`The report is in ${file}.\n`)
    }
    for (const one of report.without) program.say(`There is nothing of ${one}.\n`)
    return 0
  } finally {
    await warehouse.close()
  }
}
