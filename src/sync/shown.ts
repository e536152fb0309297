import { HttpError } from '../errors.ts'
import type { GetPage, PageRequest, RecordData } from '../stream.ts'

/** One record, asked for by itself: the object in `{"group": {…}}`. Undefined where Zendesk says that there is none. */
export async function shownRecord(get: GetPage, request: PageRequest): Promise<RecordData | undefined> {
  try {
    const page = await get(request)
    return Object.values(page).find((value) => typeof value === 'object' && value !== null) as RecordData | undefined
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined
    throw error
  }
}
