// A first load while the account changes: what lists and search miss of it that exports do not, and what the next run through
// the exports brings. Part of `npm run bench:first-load`; prints Markdown.
import { startSandbox } from 'zendesk-sandbox'
import { accountOf, configFor, differences, duckdbFile, load, sourceOf } from '../support/here.ts'

const tickets = Number(process.env['CHANGING_TICKETS'] ?? 5000)
const STREAMS = ['tickets', 'ticket_metrics']
/** Changes at once, and how often, in milliseconds. */
const CHANGES = 25
const EVERY = 100

const row = (cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)

type Found = Readonly<Record<string, readonly (number | string)[]>> | undefined

/** How many rows are missing, too many, and wrong; and the first of those. */
function counted(differing: Readonly<Record<string, unknown>>): string {
  const found = differing['tickets'] as Found
  if (found === undefined) return 'nothing'
  const number = (what: string): number => Number(found[what]?.[0] ?? 0)
  const example = number('wrong') > 0 ? ` (${found['wrong']?.[1]})` : ''
  return `${number('missing')} missing, ${number('surplus')} surplus, ${number('wrong')} wrong${example}`
}

async function compare(first: 'export' | 'list'): Promise<void> {
  const sandbox = await startSandbox({ tickets, exportPageSize: 100 })
  // What was there is settled; what changes from now on is not.
  sandbox.account.advance(3600)
  const database = duckdbFile()
  const warehouse = await database.open()
  const read = async (reader: 'export' | 'list') =>
    load(await sourceOf(configFor(sandbox, { reader, reconcile_every: 0 })), warehouse, { streams: STREAMS })
  let changed = 0
  const activity = setInterval(() => {
    sandbox.account.changeAtRandom(CHANGES, ++changed)
  }, EVERY)
  try {
    await read(first)
    clearInterval(activity)
    const streams = (await (await sourceOf(configFor(sandbox))).streams()).filter(({ name }) => STREAMS.includes(name))
    const after = await differences(warehouse, accountOf(sandbox), streams)
    sandbox.account.advance(3600)
    await read('export')
    const later = await differences(warehouse, accountOf(sandbox), streams)
    row([first, changed * CHANGES, counted(after), counted(later)])
  } finally {
    clearInterval(activity)
    await warehouse.close()
    await database.remove()
    await sandbox.close()
  }
}

row(['first load from', 'changes meanwhile', 'differs right after it', 'differs after the next run through exports'])
row(['---', '---:', '---', '---'])
for (const first of ['export', 'list'] as const) await compare(first)
