// The one place that asks for this machine's time, and for how much of it has passed.

/** Now, in milliseconds since 1970 (UTC). */
export const now = (): number => Date.now()

/**
 * Milliseconds since some moment of this process: for durations, and for ends of waits. This machine's time may be set back in their
 * middle, and all of them would last longer by as much.
 */
export const passed = (): number => performance.now()
