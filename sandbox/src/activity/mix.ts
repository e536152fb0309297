import type { Random } from '../random.ts'
import { HELP_CENTER_KINDS } from './help-center.ts'
import type { ActivityKind } from './kit.ts'
import { OTHER_KINDS } from './other-records.ts'
import { PEOPLE_KINDS } from './people.ts'
import { TICKET_KINDS } from './tickets.ts'

const KINDS: readonly (readonly [name: string, kind: ActivityKind])[] = Object.entries({
  ...TICKET_KINDS,
  ...PEOPLE_KINDS,
  ...OTHER_KINDS,
  ...HELP_CENTER_KINDS,
})
const TOTAL = KINDS.reduce((sum, [, [weight]]) => sum + weight, 0)

/** One kind of change with its name, by its likelihood. */
export function pickKind(random: Random): readonly [name: string, kind: ActivityKind] {
  let left = random.next() * TOTAL
  const picked = KINDS.find(([, [weight]]) => {
    left -= weight
    return left < 0
  })
  return picked ?? (KINDS[0] as (typeof KINDS)[number])
}
