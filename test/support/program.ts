// Runs the built programs as a platform would: a process of its own, files for its arguments, lines on its pipes.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { linesOf } from './read-lines.ts'
import { tempFolder } from './temp-folder.ts'

const dist = join(import.meta.dirname, '../../dist')

/** The built source. */
export const builtSource = join(dist, 'source-zendesk.js')

/** One line of the Airbyte protocol, as far as its readers here care. */
export interface AirbyteLine {
  readonly type: string
  readonly record?: { readonly stream: string; readonly data: Record<string, unknown>; readonly emitted_at: number }
  readonly state?: {
    readonly type: string
    readonly stream: {
      readonly stream_descriptor: { readonly name: string }
      readonly stream_state: Record<string, unknown>
    }
    readonly sourceStats?: { readonly recordCount: number }
  }
  readonly log?: { readonly level: string; readonly message: string }
  readonly trace?: {
    readonly type: string
    readonly stream_status?: {
      readonly stream_descriptor: { readonly name: string }
      readonly status: string
      readonly reasons?: readonly { readonly type: string }[]
    }
    readonly error?: {
      readonly message: string
      readonly failure_type: string
      readonly stream_descriptor?: { readonly name: string }
    }
    readonly estimate?: { readonly name: string; readonly row_estimate: number }
  }
  readonly connectionStatus?: { readonly status: string; readonly message?: string }
  readonly catalog?: { readonly streams: readonly CatalogStream[] }
  readonly spec?: Record<string, unknown>
}

export interface CatalogStream {
  readonly name: string
  readonly json_schema: { readonly properties: Record<string, unknown> }
  readonly supported_sync_modes: readonly string[]
  /** Left out where nothing tells the records apart. */
  readonly source_defined_primary_key?: readonly (readonly string[])[]
  /** Left out where there is only the full refresh. */
  readonly default_cursor_field?: readonly string[]
}

export interface SourceArguments {
  readonly config?: unknown
  readonly catalog?: unknown
  readonly state?: unknown
  /** Further arguments, as they are typed. */
  readonly more?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Another program than the built one, by its path. */
  readonly program?: string
}

/** A source at work. */
export interface RunningSource {
  readonly process: ChildProcess
  /** Its lines, raw and parsed, as they come. */
  readonly lines: AsyncIterable<{ readonly text: string; readonly line: AirbyteLine }>
  /** Its exit code, or the signal that ended it; after its last line. */
  readonly exit: Promise<number | NodeJS.Signals>
  readonly stderr: () => string
}

/** Starts `source-zendesk <command>`, as a rule from dist/, with its arguments in files of a folder of their own. */
export function startSource(
  command: string,
  { config, catalog, state, more = [], env = {}, program = builtSource }: SourceArguments = {},
): RunningSource {
  const child = startProgram(program, [command, ...filesOf({ config, catalog, state }), ...more], env)
  return { ...child, lines: parsed(child.lines, child.process) }
}

/** A program of ours at work. */
export interface RunningProgram extends Omit<RunningSource, 'lines'> {
  readonly lines: AsyncIterable<string>
}

/** Starts a program, as a rule from dist/: `name` or a path. */
export function startProgram(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningProgram {
  const path = name.includes('/') ? name : join(dist, `${name}.js`)
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  return { process: child, exit, stderr: () => stderr, lines: linesOf(child.stdout) }
}

/** Arguments whose contents are put into files of a folder of their own: text as it is, the rest as JSON. */
export function filesOf(contents: Readonly<Record<string, unknown>>): readonly string[] {
  const folder = tempFolder('zendesk-connector')
  return Object.entries(contents).flatMap(([name, content]) => {
    if (content === undefined) return []
    const path = join(folder, `${name}.json`)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return [`--${name}`, path]
  })
}

async function* parsed(
  lines: AsyncIterable<string>,
  child: ChildProcess,
): AsyncGenerator<{ text: string; line: AirbyteLine }> {
  for await (const text of lines) {
    const line = parse(text)
    // A process that was killed may leave a last line unfinished, which no reader would take.
    if (line === undefined && child.killed) return
    yield { text, line: kept(text, line) }
  }
}

/** A line of the source, kept for the official models. Throws for one that is no JSON. */
export const lineOf = (text: string): AirbyteLine => kept(text, parse(text))

function kept(text: string, line: AirbyteLine | undefined): AirbyteLine {
  if (line === undefined) throw new Error(`The source wrote a line that is no JSON: ${text.slice(0, 200)}`)
  keepForTheOfficialModels(text)
  return line
}

function parse(text: string): AirbyteLine | undefined {
  try {
    return JSON.parse(text) as AirbyteLine
  } catch {
    return undefined
  }
}

/** The file of this process for them, open. */
let keptLines: number | undefined
function newFileIn(folder: string): number {
  mkdirSync(folder, { recursive: true })
  return openSync(join(folder, `${process.pid}.jsonl`), 'a')
}

/** Every line of every test is held against Airbyte's own models afterwards, by test/peers/airbyte. */
function keepForTheOfficialModels(text: string): void {
  const folder = process.env['KEEP_PROTOCOL_LINES']
  if (folder === undefined) return
  keptLines ??= newFileIn(folder)
  writeSync(keptLines, `${text}\n`)
}
