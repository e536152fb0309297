/** What to do about a failure: correct the configuration, try again later, or report a bug. Airbyte's three words. */
export type FailureType = 'config_error' | 'transient_error' | 'system_error'

/** An error that the connector raises on purpose. `message` is for its user, `cause` for its developers. */
export class ConnectorError extends Error {
  override readonly name: string = 'ConnectorError'
  readonly failureType: FailureType

  constructor(message: string, failureType: FailureType, options?: { cause?: unknown }) {
    super(message, options)
    this.failureType = failureType
  }
}

/** An answer that is no page, or none at all. `code` is Zendesk's own word for it, such as `StartTimeTooRecent`. */
export class HttpError extends ConnectorError {
  override readonly name = 'HttpError'
  readonly status: number | undefined
  readonly code: string | undefined
  /** When it was given, by Zendesk's own clock (epoch seconds). */
  readonly answeredAt: number | undefined

  constructor(
    message: string,
    failureType: FailureType,
    details: {
      status?: number | undefined
      code?: string | undefined
      answeredAt?: number | undefined
      cause?: unknown
    },
  ) {
    super(message, failureType, { cause: details.cause })
    this.status = details.status
    this.code = details.code
    this.answeredAt = details.answeredAt
  }
}

/** The `code` of an HttpError for a request whose answer was lost, and which may have had its effect. */
export const ANSWER_LOST = 'AnswerLost'

/** Whether only a look at the account tells whether the request had its effect. */
export const isAnswerLost = (error: unknown): error is HttpError =>
  error instanceof HttpError && error.code === ANSWER_LOST

/** Whether an export is closed for this connection. How Zendesk will say so is not known: any of these statuses counts. */
export const isClosed = (error: unknown): error is HttpError =>
  error instanceof HttpError && [403, 404, 410].includes(error.status ?? 0)

/** Whether Zendesk says that there is no such record, or list. */
export const isNotFound = (error: unknown): boolean => error instanceof HttpError && error.status === 404

/** Whether one of Zendesk's limits is used up, for longer than was to be waited. */
export const isLimit = (error: unknown): error is HttpError => error instanceof HttpError && error.status === 429

/** Whether the same request may succeed in a while. */
export const mayPass = (error: unknown): error is HttpError =>
  error instanceof HttpError && error.failureType === 'transient_error'

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The failure type of anything that was thrown: an error that we did not raise on purpose is a bug of ours. */
export const failureTypeOf = (error: unknown): FailureType =>
  error instanceof ConnectorError ? error.failureType : 'system_error'

/** The keys of an unexpected answer, for an error; only those that are words, as broken answers may hold anything. */
export const keysIn = (answer: object): string =>
  Object.keys(answer)
    .filter((key) => /^[a-z_]{1,40}$/i.test(key))
    .slice(0, 20)
    .join(', ')
