/** Something that whoever runs the hub can put right: its message says what to do. */
export class HubError extends Error {
  override readonly name = 'HubError'
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
