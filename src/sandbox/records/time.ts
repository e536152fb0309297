/** Epoch seconds as the API writes times: `2025-03-04T09:15:00Z`. */
export function isoTime(at: number): string {
  return `${new Date(at * 1000).toISOString().slice(0, 19)}Z`
}

/** The same for what may never have happened (0 or null). */
export function isoTimeOrNull(at: number | null): string | null {
  return at === null || at === 0 ? null : isoTime(at)
}
