import { expect, test } from 'vitest'
import { orDiskError } from '../../../src/io/disk-error.ts'
import { ConnectorError } from '../../../src/model/errors.ts'

const errorWith = (more: object): Error => Object.assign(new Error('made up'), more)

test.each([
  [{ code: 'ENOSPC', syscall: 'write' }, 'the disk is full (ENOSPC)'],
  [{ code: 'EROFS', syscall: 'mkdir' }, 'the disk is read-only (EROFS)'],
  [{ code: 'EMFILE', syscall: 'open' }, 'made up (EMFILE)'],
  [{ code: 'ERR_SQLITE_ERROR', errstr: 'database or disk is full' }, 'database or disk is full'],
])('%j is for people to mend', (thrown, said) => {
  expect(orDiskError(errorWith(thrown), '/ledger')).toMatchObject({
    failureType: 'config_error',
    message: expect.stringContaining(`The folder /ledger cannot be written: ${said}.`),
  })
})

test('other errors stay as they are', () => {
  for (const error of [
    new TypeError('ours'),
    new ConnectorError('said', 'transient_error'),
    errorWith({ code: 'ERR_SQLITE_ERROR', errstr: 'constraint failed' }),
    'text',
  ])
    expect(orDiskError(error, '/ledger')).toBe(error)
})
