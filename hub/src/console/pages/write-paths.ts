// The paths of the pages of writing back, and what their forms do.
import { done, type Paths } from './paths.ts'
import { connectionPath, formOf, type Visit } from './tools.ts'
import { writePage, writePath, writeRunPage, writesPage } from './write-back.ts'
import { draftOf, writeForm } from './write-form.ts'

const named = ({ context }: Visit): { readonly name: string; readonly write: string } => ({
  name: context.req.param('name') ?? '',
  write: context.req.param('write') ?? '',
})

export function writePaths({ get, post }: Paths): void {
  get('/connections/:name/write', (visit) => writesPage(visit, named(visit).name))
  get('/connections/:name/write/new', (visit) => writeForm(visit, named(visit).name))
  post('/connections/:name/write/new', async (visit) => {
    const form = await formOf(visit)
    const { name } = named(visit)
    const write = String(form['name'] ?? '').trim()
    const call = { params: { name, write }, body: draftOf(form) }
    return done(visit, ['putWrite', call], writePath(name, write, '?done=saved'), (again) =>
      writeForm(again, name, undefined, form),
    )
  })
  get('/connections/:name/writes/:write', (visit) => writePage(visit, named(visit).name, named(visit).write))
  get('/connections/:name/writes/:write/edit', (visit) => writeForm(visit, named(visit).name, named(visit).write))
  post('/connections/:name/writes/:write/edit', async (visit) => {
    const form = await formOf(visit)
    const params = named(visit)
    const call = { params, body: draftOf(form) }
    return done(visit, ['putWrite', call], writePath(params.name, params.write, '?done=saved'), (again) =>
      writeForm(again, params.name, params.write, form),
    )
  })
  const simple = (
    path: string,
    id: string,
    said: string,
    body?: (form: Readonly<Record<string, unknown>>) => unknown,
  ) =>
    post(`/connections/:name/writes/:write/${path}`, async (visit) => {
      const form = await formOf(visit)
      const params = named(visit)
      const to = id === 'removeWrite' ? connectionPath(params.name, '/write') : writePath(params.name, params.write)
      return done(visit, [id, { params, ...(body && { body: body(form) }) }], `${to}?done=${said}`, (again) =>
        writePage(again, params.name, params.write),
      )
    })
  simple('dry-run', 'startWrite', 'dry', () => ({ kind: 'dry-run' }))
  simple('run', 'startWrite', 'writing', () => ({ kind: 'run' }))
  simple('stop', 'stopWrite', 'unwritten')
  simple('remove', 'removeWrite', 'forgotten')
  simple('replay', 'replayRejected', 'replaying', ({ rows = [] }) => ({ rows: [rows].flat().map(Number) }))
  get('/write-runs/:id', (visit) => writeRunPage(visit, visit.context.req.param('id') ?? ''))
}
