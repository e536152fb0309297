import type { Sandbox } from 'zendesk-sandbox'
import { runTap as runProgramHere } from '../../src/bin/run-tap.ts'
import { configFor } from './account.ts'
import { compareWithAccount, truthOf } from './expected-rows.ts'
import { linesIn, programHere } from './in-process.ts'
import { filesOf, startProgram } from './program.ts'
import { createSingerReader, type SingerLine, type SingerReader } from './singer-reader.ts'

/** What a finished tap wrote. */
export interface TapOutput {
  readonly lines: readonly SingerLine[]
  readonly text: string
  readonly stderr: string
  readonly exitCode: number | NodeJS.Signals
  /** The records of a stream. */
  records(stream: string): readonly Readonly<Record<string, unknown>>[]
}

export interface TapArguments {
  readonly config?: unknown
  readonly catalog?: unknown
  readonly properties?: unknown
  readonly state?: unknown
}

/** Runs the tap to its end, in this process; lines of a sync are handed to `onLine` as they come. */
export async function runTapHere(
  args: TapArguments,
  more: readonly string[] = [],
  { onLine, env = {} }: { onLine?: (line: SingerLine) => void; env?: Readonly<Record<string, string>> } = {},
): Promise<TapOutput> {
  const texts: string[] = []
  const lines: SingerLine[] = []
  let stderr = ''
  const program = programHere([...filesOf({ ...args }), ...more], {
    env,
    onOut: (written) => {
      for (const text of linesIn(written)) {
        texts.push(text)
        const line = singerLine(text)
        if (!line) continue
        lines.push(line)
        onLine?.(line)
      }
    },
    onError: (text) => {
      stderr += text
    },
  })
  const exitCode = await runProgramHere(program)
  return outputOf(lines, texts, stderr, exitCode)
}

/** Runs the built tap to its end, in a process of its own; lines of a sync are handed to `onLine` as they come. */
export async function runTap(
  args: TapArguments,
  more: readonly string[] = [],
  {
    onLine,
    env = {},
    killAfter = Number.POSITIVE_INFINITY,
    signal = 'SIGKILL',
  }: {
    onLine?: (line: SingerLine) => void
    env?: Readonly<Record<string, string>>
    /** So many lines, then it is ended by a signal. */
    killAfter?: number
    signal?: NodeJS.Signals
  } = {},
): Promise<TapOutput> {
  const tap = startProgram('tap-zendesk', [...filesOf({ ...args }), ...more], env)
  const texts: string[] = []
  const lines: SingerLine[] = []
  for await (const text of tap.lines) {
    texts.push(text)
    const line = singerLine(text)
    if (!line) continue
    lines.push(line)
    onLine?.(line)
    if (lines.length === killAfter) tap.process.kill(signal)
  }
  return outputOf(lines, texts, tap.stderr(), await tap.exit)
}

const outputOf = (
  lines: readonly SingerLine[],
  texts: readonly string[],
  stderr: string,
  exitCode: number | NodeJS.Signals,
): TapOutput => ({
  lines,
  text: texts.join('\n'),
  stderr,
  exitCode,
  records: (stream) => lines.flatMap((line) => (line.stream === stream && line.record ? [line.record] : [])),
})

/** A line of a sync; undefined for a part of a catalog, and for the last line of a tap that was killed in the middle of it. */
function singerLine(text: string): SingerLine | undefined {
  try {
    const line = JSON.parse(text) as SingerLine
    return typeof line.type === 'string' ? line : undefined
  } catch {
    return undefined
  }
}

export interface CatalogEntry {
  readonly tap_stream_id: string
  readonly stream: string
  readonly schema: { readonly properties: Record<string, { readonly type: unknown; readonly format?: string }> }
  readonly key_properties: readonly string[]
  readonly metadata: { readonly breadcrumb: readonly string[]; readonly metadata: Record<string, unknown> }[]
}

export async function discover(config: object): Promise<{ readonly streams: readonly CatalogEntry[] }> {
  const { text, stderr, exitCode } = await runTapHere({ config }, ['--discover'])
  if (exitCode !== 0) throw new Error(`--discover failed: ${stderr}`)
  return JSON.parse(text)
}

/** The catalog with these streams selected, all of them where none is named; `more` for their metadata. */
export const select = (
  { streams }: { readonly streams: readonly CatalogEntry[] },
  names?: readonly string[],
  more: object = {},
): { streams: CatalogEntry[] } => ({
  streams: streams.map((entry) => ({
    ...entry,
    metadata: entry.metadata.map((one) =>
      one.breadcrumb.length > 0
        ? one
        : {
            ...one,
            metadata: { ...one.metadata, ...more, selected: names?.includes(entry.tap_stream_id) ?? true },
          },
    ),
  })),
})

/** A pipeline from a sandbox to a reader: each run goes on from the last state. */
export interface Pipeline {
  readonly reader: SingerReader
  /** Runs to the end, in this process unless it is to be killed. */
  run(options?: { killAfter?: number; signal?: NodeJS.Signals; onLine?: () => void }): Promise<TapOutput>
  /** What is not as it should be, by stream; {} when every row is right. */
  differences(): Record<string, unknown>
}

export function pipeline(sandbox: Sandbox, catalog: object, config: object = configFor(sandbox)): Pipeline {
  const reader = createSingerReader()
  return {
    reader,
    run({ onLine, ...options } = {}) {
      reader.begin()
      const take = (line: SingerLine): void => {
        reader.take(line)
        onLine?.()
      }
      const args = { config, catalog, state: reader.state() }
      if (options.killAfter === undefined) return runTapHere(args, [], { onLine: take })
      return runTap(args, [], { ...options, onLine: take })
    },
    differences() {
      const truth = truthOf(sandbox)
      return Object.fromEntries(
        reader.streams().flatMap((stream) => {
          const { missing, surplus, wrong } = compareWithAccount(truth, stream, reader.rows(stream.name))
          const faults = { missing: missing.slice(0, 5), surplus: surplus.slice(0, 5), wrong: wrong.slice(0, 5) }
          return missing.length + surplus.length + wrong.length === 0 ? [] : [[stream.name, faults]]
        }),
      )
    },
  }
}
