// The sandbox's account, for the examples: node examples/account.ts change | compare STREAM < ids. SANDBOX_URL says where it is.

const sandbox = `${process.env['SANDBOX_URL']}/__sandbox`

async function ask(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${sandbox}/${path}`, body && { method: 'POST', body: JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** What a perfect client holds now: the live records, and the ids of the deleted ones. */
interface Truth {
  readonly live: readonly { readonly id: number }[]
  readonly deleted: readonly number[]
}
const truthOf = async (stream: string): Promise<Truth> => (await ask(`truth/${stream}`)) as Truth

/** 40 random changes, and the deletion of a ticket that everybody has read before; then an hour passes. */
async function change(): Promise<void> {
  await ask('changes', { count: 40, seed: 1 })
  const { live } = await truthOf('tickets')
  await ask('one', { action: 'deleteTicket', args: [live[0]!.id] })
  await ask('advance', { seconds: 3600 })
}

/** Throws if `ids` are not those of the account's live records, each once. */
async function compare(stream: string, ids: readonly string[]): Promise<string> {
  const { live, deleted } = await truthOf(stream)
  const wanted = new Set(live.map(({ id }) => String(id)))
  const found = new Set(ids)
  const faults = [
    ...[...wanted].filter((id) => !found.has(id)).map((id) => `${id} is missing`),
    ...[...found]
      .filter((id) => !wanted.has(id))
      .map((id) => `${id} ${deleted.includes(Number(id)) ? 'was deleted' : 'is not in the account'}`),
    ...(ids.length === found.size ? [] : [`${ids.length - found.size} rows are there twice`]),
  ]
  if (wanted.size === 0) faults.push('the account has none, so this proves nothing')
  if (faults.length > 0) throw new Error(`${stream} is not the account's: ${faults.slice(0, 10).join(', ')}.`)
  return `${stream}: ${wanted.size} live rows, as in the account`
}

const [command, stream = ''] = process.argv.slice(2)
try {
  if (command === 'change') await change()
  else if (command === 'compare') {
    let text = ''
    for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
    process.stdout.write(`${await compare(stream, text.split('\n').filter(Boolean))}\n`)
  } else throw new Error('account.ts change | compare STREAM')
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
