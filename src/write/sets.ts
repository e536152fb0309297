// Tags and multi-selects are sets: what a row does to those that are there already is the user's choice.
import type { SetRule, TagChange } from '../model/writing.ts'

/** What is to change of a set that is held, for what a row gives; undefined if nothing is. */
export function setDelta(given: readonly string[], held: readonly string[], rule: SetRule): TagChange | undefined {
  const add = rule.mode === 'remove' ? [] : given.filter((one) => !held.includes(one))
  const remove = held.filter((one) => given.includes(one) === (rule.mode === 'remove') && isOurs(one, rule))
  return add.length + remove.length === 0 ? undefined : { add, remove }
}

/** Whether a member may be removed that the row does not give, or in the mode `remove`, that it gives. */
const isOurs = (one: string, { mode, prefix }: SetRule): boolean =>
  mode === 'set' || mode === 'remove' || (mode === 'managed' && one.startsWith(prefix))

/** The set after a change. */
export const changedSet = (held: readonly string[], { add, remove }: TagChange): readonly string[] => [
  ...held.filter((one) => !remove.includes(one)),
  ...add,
]

/** What two rows of one key give, one after the other, as what one row gives. */
export function mergedSet(before: readonly string[], after: readonly string[], rule: SetRule): readonly string[] {
  if (rule.mode === 'set') return after
  const kept = rule.mode === 'managed' ? before.filter((one) => !one.startsWith(rule.prefix)) : before
  return [...new Set([...kept, ...after])]
}
