// Who goes first where streams share one of Zendesk's limits, and how long the others are held back.

/** For how long, in ms, the next request of a walk may take to come after an answer. */
const BETWEEN_PAGES = 10_000

/** How often, in ms, a request that is held back is checked once more. */
const AGAIN = 60_000

/** The limit that a request names, and its priority there. Requests that name none have no order. */
export interface Turn {
  readonly bucket: string | undefined
  readonly priority: number
}

/** The requests of an account, by the limits that they name and their priority. All times are epoch ms. */
export interface Precedence {
  /** A request waits. */
  begun(turn: Turn): void
  /** It was sent. */
  sent(turn: Turn): void
  /** Its answer came, or never will. */
  ended(turn: Turn, now: number): void
  /**
   * Until when a request has to let others go first. A short sync, whose requests fit into one window of the limit
   * (`total`), holds nobody back.
   */
  heldUntil(turn: Turn, total: number, now: number): number
}

interface Use {
  /** Requests that were sent. */
  count: number
  /** Requests that wait or are on their way. */
  open: number
  /** When the last of them ended. */
  endedAt: number
}

export function createPrecedence(): Precedence {
  const usesOf = new Map<string | undefined, Map<number, Use>>()
  const useOf = ({ bucket, priority }: Turn): Use => {
    const uses = usesOf.get(bucket) ?? new Map<number, Use>()
    const use = uses.get(priority) ?? { count: 0, open: 0, endedAt: 0 }
    usesOf.set(bucket, uses.set(priority, use))
    return use
  }
  return {
    begun(turn) {
      useOf(turn).open++
    },
    sent(turn) {
      useOf(turn).count++
    },
    ended(turn, now) {
      const use = useOf(turn)
      use.open--
      use.endedAt = now
    },
    heldUntil({ bucket, priority }, total, now) {
      const before = [...(usesOf.get(bucket) ?? [])].filter(([other, { count }]) => other < priority && count >= total)
      return Math.max(0, ...before.map(([, { open, endedAt }]) => (open > 0 ? now + AGAIN : endedAt + BETWEEN_PAGES)))
    },
  }
}
