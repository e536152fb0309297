import { fstatSync, readFileSync, statSync } from 'node:fs'
import { diskReason } from './disk-error.ts'

/**
 * Whether standard output was closed before this program began (`>&-`). Node then replaces it with /dev/null, open for
 * reading and writing; a shell's `> /dev/null` is open for writing only. Only Linux shows the difference.
 */
export function isOutputClosed(): boolean {
  try {
    if (fstatSync(1).rdev !== statSync('/dev/null').rdev) return false
    const [, flags = '0'] = /^flags:\s*([0-7]+)/m.exec(readFileSync('/proc/self/fdinfo/1', 'utf8')) ?? []
    return (Number.parseInt(flags, 8) & 3) === 2
  } catch {
    return false
  }
}

/** Why standard output accepts nothing more, in words; undefined if its reader has ended, as with `| head`. */
export function outputFailure(error: NodeJS.ErrnoException): string | undefined {
  const { code = 'unknown' } = error
  if (code === 'EPIPE') return undefined
  return `Standard output cannot be written: ${diskReason(code) ?? error.message} (${code}).`
}
