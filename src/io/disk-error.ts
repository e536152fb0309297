// What is wrong with a disk, in words: for people to mend, and no fault of this program.
import { ConnectorError } from '../model/errors.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file may not grow any more',
  EIO: 'the terminal or disk has failed',
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a file is in the place of a folder',
  EEXIST: 'a file is in the place of a folder',
}

/** Why a disk takes nothing, by the code of `fs`; undefined if there are no words for it. */
export const diskReason = (code: string): string | undefined => REASONS[code]

/** The error for what `fs` or SQLite threw about files in this folder; any other error as it is. */
export function orDiskError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof ConnectorError) return error
  const { code, syscall, errstr } = error as { code?: unknown; syscall?: unknown; errstr?: unknown }
  const isOfDatabase = code === 'ERR_SQLITE_ERROR' && /full|disk|readonly|unable to open|locked/.test(String(errstr))
  if (!isOfDatabase && typeof syscall !== 'string') return error
  const reason = isOfDatabase ? String(errstr) : `${diskReason(String(code)) ?? error.message} (${String(code)})`
  return new ConnectorError(
    `The folder ${folder} cannot be written: ${reason}. The next sync sends again what was not kept.`,
    'config_error',
    { cause: error },
  )
}
