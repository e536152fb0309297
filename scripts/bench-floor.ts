// The least that reading the ticket export can cost: each page fetched, parsed once, each record written once.
import { once } from 'node:events'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { request } from 'undici'

const [url = '', authorization = ''] = process.argv.slice(2)
const unzip = promisify(gunzip)

let query = 'start_time=0'
for (;;) {
  const response = await request(`${url}/api/v2/incremental/tickets/cursor?per_page=1000&${query}`, {
    headers: { authorization, 'accept-encoding': 'gzip' },
  })
  const body = Buffer.from(await response.body.arrayBuffer())
  const text = (response.headers['content-encoding'] === 'gzip' ? await unzip(body) : body).toString('utf8')
  const page = JSON.parse(text) as { tickets: unknown[]; after_cursor: string; end_of_stream: boolean }
  let lines = ''
  for (const ticket of page.tickets)
    lines += `${JSON.stringify({ type: 'RECORD', record: { stream: 'tickets', data: ticket } })}\n`
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain')
  if (page.end_of_stream) break
  query = `cursor=${encodeURIComponent(page.after_cursor)}`
}
process.exit()
