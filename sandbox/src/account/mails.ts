/** A mail that Zendesk would send to somebody outside. */
export type Mail = {
  readonly kind: 'verification' | 'comment' | 'article'
  /** The user who gets it. */
  readonly user: number
  /** Epoch seconds. */
  readonly at: number
}

/** A write to a ticket after which the account's triggers ran. */
export type Firing = {
  readonly ticket: number
  readonly update: 'Create' | 'Change'
  /** The triggers whose conditions the ticket met, by id. What they would have done is not done. */
  readonly triggers: readonly number[]
  /** Epoch seconds. */
  readonly at: number
}
