// What the loaders of others need for the same tickets, where their environments can be made: LOADERS=1 npm run bench:load.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure, type Program } from './measure.ts'
import type { Cost } from './report.ts'

export interface Loader {
  readonly name: string
  /** Loads into a new database. Throws where not all rows arrive. */
  load(): Promise<Cost>
}

export interface Prepared {
  /** A folder for their files. */
  readonly folder: string
  /** The account's configuration, its tickets as JSON lines, and how many there are. */
  readonly config: string
  readonly tickets: string
  readonly count: number
}

const root = join(import.meta.dirname, '../..')
const here = (name: string): string => join(import.meta.dirname, 'loaders', name)

/** The loaders of others that this machine can run. Their input lies there already, so that reading is not in their cost, but in PyAirbyte's. */
export async function otherLoaders({ folder, config, tickets, count }: Prepared): Promise<readonly Loader[]> {
  const made = execFileSync('bash', [here('environments.sh')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const environments = new Map(
    made
      .trim()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  )
  const place = join(folder, 'loader')
  const singer = join(folder, 'tickets.singer')
  const run = (program: Program, sql?: readonly [file: string, query: string]) => async (): Promise<Cost> => {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place)
    const out = join(folder, 'loader.out')
    const cost = await measure(program, out)
    const printed = readFileSync(out, 'utf8').trim().split('\n').at(-1)
    const rows = sql === undefined ? Number(printed) : countIn(environments.get('target-duckdb')!, ...sql)
    if (rows !== count) throw new Error(`${program.command.join(' ')} loaded ${rows} rows, not ${count}.`)
    return cost
  }
  const python = (name: string): string => join(environments.get(name) ?? '', 'bin/python')
  const loaders: Loader[] = []
  if (environments.has('target-duckdb')) {
    await measure(
      {
        command: [
          process.execPath,
          join(root, 'dist/tap-zendesk.js'),
          '--config',
          config,
          '--catalog',
          catalogIn(folder),
        ],
      },
      singer,
    )
    const settings = join(folder, 'target.json')
    const file = join(place, 'target.duckdb')
    writeFileSync(settings, JSON.stringify({ filepath: file, default_target_schema: 'zendesk' }))
    const command = [
      'bash',
      '-c',
      '"$0" --config "$1" <"$2"',
      join(environments.get('target-duckdb')!, 'bin/target-duckdb'),
      settings,
      singer,
    ]
    loaders.push({
      name: 'target-duckdb, from Singer lines',
      load: run({ command }, [file, 'select count(*) from zendesk.tickets']),
    })
    const ours = join(place, 'ours.duckdb')
    const hub = [
      'bash',
      '-c',
      '"$0" "$1" load --to "duckdb:$2" <"$3"',
      process.execPath,
      join(root, 'hub/dist/zendesk-hub.js'),
      ours,
      singer,
    ]
    loaders.push({
      name: 'ours, from the same lines',
      load: run({ command: hub }, [ours, 'select count(*) from main.tickets']),
    })
  }
  if (environments.has('pyairbyte')) {
    const source = join(root, 'dist/source-zendesk.js')
    const command = [python('pyairbyte'), here('pyairbyte.py'), source, config, place]
    const env = {
      AIRBYTE_OFFLINE_MODE: '1',
      AIRBYTE_DISABLE_TELEMETRY: '1',
      DO_NOT_TRACK: '1',
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
    }
    loaders.push({ name: 'PyAirbyte, with our source in it', load: run({ command, env, folder }) })
  }
  if (environments.has('dlt'))
    loaders.push({
      name: 'dlt, from JSON lines',
      load: run({
        command: [python('dlt'), here('dlt_duckdb.py'), tickets, place],
        env: { RUNTIME__DLTHUB_TELEMETRY: 'false' },
      }),
    })
  return loaders
}

/** A file of DuckDB that was made by a newer release than ours is read with that one. */
const countIn = (environment: string, file: string, query: string): number =>
  Number(
    execFileSync(
      join(environment, 'bin/python'),
      [
        '-c',
        'import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute(sys.argv[2]).fetchone()[0])',
        file,
        query,
      ],
      { encoding: 'utf8' },
    ),
  )

/** A Singer catalog that selects tickets. */
function catalogIn(folder: string): string {
  const file = join(folder, 'singer-catalog.json')
  const text = execFileSync(
    process.execPath,
    [join(root, 'dist/tap-zendesk.js'), '--config', join(folder, 'config.json'), '--discover'],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  const catalog = JSON.parse(text) as {
    streams: { tap_stream_id: string; metadata: { breadcrumb: string[]; metadata: Record<string, unknown> }[] }[]
  }
  for (const { tap_stream_id, metadata } of catalog.streams)
    for (const { breadcrumb, metadata: of } of metadata)
      if (breadcrumb.length === 0) of['selected'] = tap_stream_id === 'tickets'
  writeFileSync(file, JSON.stringify(catalog))
  return file
}
