import { HttpError } from '../model/errors.ts'
import type { GetPage, Page, PageRequest, RecordData } from '../model/stream.ts'

/**
 * One record from its own endpoint: the object in `{"group": {…}}`. Undefined only if Zendesk says that there is none: an
 * answer without a record is retried.
 */
export async function shownRecord(get: GetPage, request: PageRequest): Promise<RecordData | undefined> {
  try {
    return recordIn(await get({ ...request, isPage: (page) => recordIn(page) !== undefined }))
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined
    throw error
  }
}

/** Whether Zendesk says that there is no such record, or list. */
export const isNotFound = (error: unknown): boolean => error instanceof HttpError && error.status === 404

/** What a request for one record tells: the record, that there is none (404), or nothing, as this user may not see it (403). */
export interface Shown {
  readonly record: RecordData | undefined
  readonly isHidden: boolean
}

/** One record as it is shown to this user. A refusal never means that it was deleted. */
export async function shownOrHidden(get: GetPage, request: PageRequest): Promise<Shown> {
  try {
    return { record: await shownRecord(get, request), isHidden: false }
  } catch (error) {
    if (error instanceof HttpError && error.status === 403) return { record: undefined, isHidden: true }
    throw error
  }
}

const recordIn = (page: Page): RecordData | undefined => Object.values(page).find(isRecord)

const isRecord = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value
