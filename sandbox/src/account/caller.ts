import type { User } from './people/model.ts'

/** Who calls, and what the token may do; `user` is undefined for an anonymous call. `token` is the id of an OAuth token. */
export type Caller = {
  readonly user: User | undefined
  readonly scopes: readonly string[]
  readonly token?: number
}
