/** A mail that Zendesk would send to somebody outside. */
export type Mail = {
  readonly kind: 'verification' | 'comment'
  /** The user who gets it. */
  readonly user: number
  /** Epoch seconds. */
  readonly at: number
}
