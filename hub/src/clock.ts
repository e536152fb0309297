// The only place that reads this machine's clocks.

/** Now, in milliseconds since 1970 (UTC). */
export const now = (): number => Date.now()

/**
 * Milliseconds since some moment of this process, for durations and for ends of waits. This machine's time may be set back in their
 * middle, and all of them would last longer by as much.
 */
export const passed = (): number => performance.now()
