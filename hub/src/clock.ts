// The one place that asks for this machine's time.

/** Now, in milliseconds since 1970 (UTC). */
export const now = (): number => Date.now()
