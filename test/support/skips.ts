import { readFileSync } from 'node:fs'
import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** A test that may be skipped: its file and name contain this; why; and how many such tests at the most. */
export interface AllowedSkip {
  readonly test: string
  readonly reason: string
  readonly most: number
}

/** What is said of the skipped tests of a run, and whether that is more than is allowed. */
export interface Judgement {
  readonly lines: readonly string[]
  readonly isTooMany: boolean
}

/** Judges the skipped tests of a run, each as `FILE > NAME`, by the written list. */
export function judgeSkips(skipped: readonly string[], allowed: readonly AllowedSkip[], total: number): Judgement {
  const reasonOf = (name: string): AllowedSkip | undefined => allowed.find(({ test }) => name.includes(test))
  const known = Map.groupBy(skipped, reasonOf)
  const unknown = known.get(undefined) ?? []
  const expected = allowed.flatMap((entry) => {
    const { reason, most } = entry
    const count = known.get(entry)?.length ?? 0
    if (count === 0) return []
    const excess = count > most ? `, allowed are ${most}` : ''
    return [{ line: `  ${count} because ${reason}: ${entry.test}${excess}`, isTooMany: count > most }]
  })
  return {
    lines: [
      `Skipped: ${skipped.length} of ${total} tests.`,
      ...expected.map(({ line }) => line),
      ...unknown.map((name) => `  without a reason in test/skips.json: ${name}`),
    ],
    isTooMany: unknown.length > 0 || expected.some(({ isTooMany }) => isTooMany),
  }
}

/**
 * Says at the end of a run how many tests were skipped and why, and fails it where `list` (a file of `AllowedSkip`s)
 * does not allow that. A run of tests chosen by name skips the others, and is not judged.
 */
export function skipReporter(list: string, write: (text: string) => void): Reporter {
  let vitest: Vitest | undefined
  return {
    onInit(started) {
      vitest = started
    },
    onTestRunEnd(modules) {
      if (vitest?.config.testNamePattern !== undefined) return
      const { skipped, total } = countSkips(modules)
      const allowed = JSON.parse(readFileSync(list, 'utf8')) as readonly AllowedSkip[]
      const { lines, isTooMany } = judgeSkips(skipped, allowed, total)
      write(`\n${lines.join('\n')}\n`)
      if (!isTooMany) return
      write('More tests were skipped than test/skips.json allows.\n')
      process.exitCode = 1
    },
  }
}

function countSkips(modules: readonly TestModule[]): { readonly skipped: string[]; readonly total: number } {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const skipped = tests
    .filter((test) => test.result().state === 'skipped')
    .map((test) => `${test.module.relativeModuleId} > ${test.fullName}`)
  return { skipped, total: tests.length }
}
