import { HubError } from '../errors.ts'

/** Whether this error is foreseen: its message says what to do, and a stack would not help. */
export const isExpected = (error: unknown): error is Error => error instanceof HubError || isConnectorError(error)

/** Errors of the connector are known by `failureType`: to import their class would load the whole connector. */
const isConnectorError = (error: unknown): boolean => error instanceof Error && 'failureType' in error
