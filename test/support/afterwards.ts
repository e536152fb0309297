import { onTestFinished, TestRunner } from 'vitest'

type Close = () => unknown

/** What the file that is running has opened outside of its tests. */
const opened: Close[] = []

/**
 * Closes what a test opened when that test is done, and what a file opened (in a hook, or while it is loaded) when the file is.
 * `afterAll` would not do: called in a test or in a hook it does nothing, so that all stays open for as long as the worker lives.
 */
export function afterwards(close: Close): void {
  if (TestRunner.getCurrentTest()) onTestFinished(async () => void (await close()))
  else opened.push(close)
}

/** Closes what the file has opened, the last first. */
export async function closeOpened(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}
