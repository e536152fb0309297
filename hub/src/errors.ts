/** Something that whoever runs the hub can put right: its message says what to do. */
export class HubError extends Error {
  override readonly name = 'HubError'
}

/** Only a change of the configuration helps; trying again does not. */
export class ConfigurationError extends HubError {}

/** Another process loads into the same place; it goes on. */
export class InUse extends HubError {}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
