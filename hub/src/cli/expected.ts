import { HubError } from '../errors.ts'

/** Whether this was foreseen: its message says what to do, and where it was thrown tells nothing. */
export const isExpected = (error: unknown): error is Error => error instanceof HubError || isConnectorError(error)

/** Every error of the connector says who has to act. Its class would load the whole connector for commands that need none. */
const isConnectorError = (error: unknown): boolean => error instanceof Error && 'failureType' in error
