import { ConnectorError } from 'zendesk-connector'
import { HubError } from '../errors.ts'

/** Whether this was foreseen: its message says what to do, and where it was thrown tells nothing. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof HubError || error instanceof ConnectorError
