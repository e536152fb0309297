// The least that a read can cost a program which parses what it reads: the same pages as ours, one after the other, each
// parsed once, each record stringified once. The next page is asked for as soon as this one is parsed.
// node floor.js FILE, with {origin, authorization, streams, pages: ["/api/v2/…", …]} in the file.
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { request } from 'undici'

type Row = Record<string, unknown>

const { origin, authorization, streams, pages } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  origin: string
  authorization: string
  streams: string[]
  pages: string[]
}
const wanted = new Set(streams)
const unzip = promisify(gunzip)

async function pageAt(path: string | undefined): Promise<Row> {
  if (path === undefined) return {}
  const { statusCode, headers, body } = await request(origin + path, {
    headers: { authorization, 'accept-encoding': 'gzip' },
  })
  const bytes = Buffer.from(await body.arrayBuffer())
  if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}.`)
  return JSON.parse((headers['content-encoding'] === 'gzip' ? await unzip(bytes) : bytes).toString('utf8'))
}

const list = (page: Row, key: string): Row[] => (page[key] ?? []) as Row[]
const COMMENTS = new Set(['Comment', 'VoiceComment'])

function lines(stream: string, rows: readonly Row[]): string {
  let text = ''
  if (wanted.has(stream))
    for (const data of rows)
      text += `${JSON.stringify({ type: 'RECORD', record: { stream, emitted_at: Date.now(), data } })}\n`
  return text
}

/** The lines of a page. A page holds one kind of rows; what rides along is in them, or beside them. */
function linesOf(page: Row): string {
  const tickets = list(page, 'tickets')
  const metrics = tickets.map((ticket) => {
    const { metric_set } = ticket
    // What is undefined is left out of the JSON, for less than `delete` costs.
    ticket['metric_set'] = undefined
    return metric_set as Row | undefined
  })
  const children = list(page, 'ticket_events').flatMap((event) => list(event, 'child_events'))
  return (
    lines('tickets', tickets) +
    lines(
      'ticket_metrics',
      metrics.filter((set) => set != null),
    ) +
    lines(
      'ticket_comments',
      children.filter(({ event_type }) => COMMENTS.has(event_type as string)),
    ) +
    lines('users', list(page, 'users')) +
    lines('user_identities', list(page, 'identities')) +
    lines('organizations', list(page, 'organizations')) +
    lines('ticket_metric_events', list(page, 'ticket_metric_events')) +
    lines('ticket_audits', list(page, 'audits'))
  )
}

let coming = pageAt(pages[0])
for (const index of pages.keys()) {
  const page = await coming
  coming = pageAt(pages[index + 1])
  // To a file, this is written before it returns.
  process.stdout.write(linesOf(page))
}
// A connection that is kept open must not keep the process.
process.exit()
