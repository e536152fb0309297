import { fstatSync, readFileSync, statSync } from 'node:fs'

/**
 * Whether standard output was closed before this program began (`>&-`). Node puts /dev/null in its place then, open for
 * reading too, which a shell's `> /dev/null` is not; only Linux shows the difference.
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

/** Why standard output takes nothing more, in words; undefined if its reader has ended, which needs none (`| head`). */
export function outputFailure(error: NodeJS.ErrnoException): string | undefined {
  const { code = 'unknown' } = error
  if (code === 'EPIPE') return undefined
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota of the disk is used up',
    EFBIG: 'the file may not grow any more',
    EIO: 'the terminal or disk has failed',
  }
  return `Standard output cannot be written: ${reasons[code] ?? error.message} (${code}).`
}
