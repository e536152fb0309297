import { HttpError } from '../../src/model/errors.ts'
import { answeredAt, type GetPage, type Page, type Query, type RecordData } from '../../src/model/stream.ts'

export type Verdict = 'holds' | 'does not hold' | 'not decidable'

/** What an account says of an assumption, and what that is concluded from, in a sentence without its full stop. */
export interface Finding {
  readonly verdict: Verdict
  readonly why: string
}

/** Something that the code assumes of Zendesk, and how an account is asked about it. */
export interface Assumption {
  /** Its number in docs/zendesk-facts.md. */
  readonly fact: number
  /** Its name there, which is the sandbox's name of the contrary as well. */
  readonly name: string
  readonly title: string
  /** Throws an HttpError where the account refuses what would show it. */
  readonly ask: (account: Account) => Promise<Finding>
}

/** An assumption that reading cannot show, and what would. */
export interface NotAskable {
  readonly fact: number
  readonly title: string
  readonly todo: string
}

/** An account that is only ever read. What was asked once is not asked again. */
export interface Account {
  /** Rejects with an HttpError for an answer that is an error. */
  readonly get: (path: string, query?: Query) => Promise<Page>
  /** The rows of a page under `key`, none where it is missing. */
  readonly rows: (path: string, key: string, query?: Query) => Promise<readonly RecordData[]>
  /** Now, by the account's clock (epoch seconds). */
  readonly now: () => Promise<number>
}

export const holds = (why: string): Finding => ({ verdict: 'holds', why })
export const fails = (why: string): Finding => ({ verdict: 'does not hold', why })
export const open = (why: string): Finding => ({ verdict: 'not decidable', why })

/** What is read of an account through the connector's own client. */
export function accountOf(getPage: GetPage): Account {
  const asked = new Map<string, Promise<Page>>()
  const get: Account['get'] = (path, query = {}) => {
    const key = JSON.stringify([path, query])
    const known = asked.get(key) ?? getPage({ path, query, ...bucketOf(path) })
    asked.set(key, known)
    return known
  }
  return {
    get,
    rows: async (path, key, query) => ((await get(path, query))[key] ?? []) as readonly RecordData[],
    now: async () => answeredAt(await get('users/me')),
  }
}

/** The limit of its own that a path has, so that the client keeps within it. */
function bucketOf(path: string): { readonly bucket?: string } {
  if (path === 'incremental/users/cursor') return { bucket: 'incremental-exports-cursor' }
  if (path.startsWith('incremental/')) return { bucket: 'incremental-exports' }
  return path === 'search/export' ? { bucket: 'search-export' } : {}
}

/** The answer, or the refusal where Zendesk does not take the request as it is (400 or 422); others are thrown. */
export async function answerOr<T>(asked: Promise<T>): Promise<T | HttpError> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof HttpError && (error.status === 400 || error.status === 422)) return error
    throw error
  }
}

export const isRefusal = (answer: unknown): answer is HttpError => answer instanceof HttpError
