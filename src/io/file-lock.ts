import { open, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../model/clock.ts'

/** How often to look whether the lock is free, in ms. */
const LOOK = 100
/** How often its owner says that it is alive, in ms; and how long nobody says so before it counts as left behind. */
const SIGN_OF_LIFE = 2_000
const LEFT_BEHIND = 20_000

/**
 * Acts while no other program does so under a lock at this path. A lock that a program left behind, as it was killed, is
 * taken away. Rejects as `act` does, and with the signal's reason while it waits.
 */
export async function underLock<T>(path: string, act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (!(await locked(path, signal))) return act()
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

/** True once the lock is ours; false if there can be none, as the folder cannot be written: then nobody else has one. */
async function locked(path: string, signal: AbortSignal): Promise<boolean> {
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
    same = found === seen ? same + LOOK : 0
    seen = found
    if (found !== undefined && same >= LEFT_BEHIND) await rm(path, { force: true })
    else if (found !== undefined) await delay(LOOK, undefined, { signal })
  }
}
