import { open, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../model/clock.ts'

/** How often to look whether the lock is free, in ms. */
const LOOK = 100
/** How often its owner shows that it is alive, in ms, and after how many looks without that the lock counts as abandoned. */
const SIGN_OF_LIFE = 2_000
const LEFT_BEHIND = 200

/**
 * Runs `act` while it holds the lock at this path, so that no other program does at the same time. The lock of a program that
 * was killed is removed. Rejects as `act` does, or with the signal's reason while it waits. `look`: how often it looks, in ms.
 */
export async function underLock<T>(path: string, act: () => Promise<T>, signal: AbortSignal, look = LOOK): Promise<T> {
  if (!(await locked(path, signal, look))) return act()
  const alive = setInterval(() => {
    const seconds = systemClock.now() / 1000
    utimes(path, seconds, seconds).catch(() => undefined)
  }, SIGN_OF_LIFE)
  try {
    return await act()
  } finally {
    clearInterval(alive)
    await rm(path, { force: true })
  }
}

/** True once the lock is ours; false if the folder cannot be written, so that nobody can have a lock. */
async function locked(path: string, signal: AbortSignal, look: number): Promise<boolean> {
  let seen: number | undefined
  for (let same = 0; ; ) {
    signal.throwIfAborted()
    try {
      await (await open(path, 'wx', 0o600)).close()
      return true
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') return false
    }
    const found = (await stat(path).catch(() => undefined))?.mtimeMs
    same = found === seen ? same + 1 : 0
    seen = found
    if (found !== undefined && same >= LEFT_BEHIND) await rm(path, { force: true })
    else if (found !== undefined) await delay(look, undefined, { signal })
  }
}
