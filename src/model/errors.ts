/** What to do about a failure: mend the configuration, try again later, or report a fault. Airbyte's three words. */
export type FailureType = 'config_error' | 'transient_error' | 'system_error'

/** Every error that the connector means to raise. `message` is for the person who reads it; `cause` is for us. */
export class ConnectorError extends Error {
  override readonly name: string = 'ConnectorError'
  readonly failureType: FailureType

  constructor(message: string, failureType: FailureType, options?: { cause?: unknown }) {
    super(message, options)
    this.failureType = failureType
  }
}

/** An answer that is no page. `code` is Zendesk's own word for it, such as `StartTimeTooRecent`. */
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

/** How Zendesk says that a connection may not use an export: its wording is not known, and any of these will do. */
export const isClosed = (error: unknown): error is HttpError =>
  error instanceof HttpError && [403, 404, 410].includes(error.status ?? 0)

/** Whether it is an answer, or the lack of one, that may be another one in a while. */
export const mayPass = (error: unknown): error is HttpError =>
  error instanceof HttpError && error.failureType === 'transient_error'

/** The text of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The failure type of anything that was thrown: what we did not mean to raise is a fault of ours. */
export const failureTypeOf = (error: unknown): FailureType =>
  error instanceof ConnectorError ? error.failureType : 'system_error'

/** The keys of an answer that was not expected, as far as they are words: broken answers may hold anything. */
export const keysIn = (answer: object): string =>
  Object.keys(answer)
    .filter((key) => /^[a-z_]{1,40}$/i.test(key))
    .slice(0, 20)
    .join(', ')
