/** An OAuth client of the account: its row, and what it may do, which the API does not show. */
export type OauthClient = {
  readonly id: number
  readonly identifier: string
  readonly kind: 'confidential' | 'public'
  readonly secret: string
  readonly name: string
  readonly redirect_uri: readonly string[]
  /** Client-credentials tokens act as this user. */
  readonly user_id: number
  readonly global: boolean
  /** Default life of its access tokens in seconds; null: they don't expire, as those of old clients. */
  readonly expires_in: number | null
  /** The scopes that may be asked for; null: all, also unknown ones. */
  readonly scopes: readonly string[] | null
}

/** An access token with its refresh token. Times as the API gives them (UTC); null: never. */
export type OauthToken = {
  readonly id: number
  readonly client_id: number
  readonly user_id: number
  /** The whole access token. */
  readonly value: string
  readonly refresh: string | null
  readonly scopes: readonly string[]
  readonly created_at: string
  readonly used_at: string | null
  readonly expires_at: string | null
  readonly refresh_token_expires_at: string | null
}

/** An approval of an administrator or a user, until its code is exchanged. */
export type OauthCode = {
  readonly code: string
  readonly client_id: number
  readonly user_id: number
  readonly redirect_uri: string
  readonly scopes: readonly string[]
  readonly challenge: string | undefined
  /** Epoch milliseconds (UTC). */
  readonly expires: number
}
