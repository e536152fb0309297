/** The name that was probably meant: one that begins so, or that differs in a letter or two. Undefined if none does. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const begun = names.filter((name) => typed.length >= 3 && name.startsWith(typed))
  if (begun.length > 0) return begun.toSorted((one, other) => one.length - other.length)[0]
  const near = names
    .map((name) => ({ name, edits: editsBetween(typed, name) }))
    .filter(({ name, edits }) => edits <= (name.length > 3 ? 2 : 1))
  return near.toSorted((one, other) => one.edits - other.edits)[0]?.name
}

/** How many letters must be added, removed or replaced to make one word of the other. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (let column = 1; column <= to.length; column++)
      next[column] = Math.min(
        next[column - 1]! + 1,
        row[column]! + 1,
        row[column - 1]! + (to[column - 1] === letter ? 0 : 1),
      )
    row = next
  }
  return row.at(-1)!
}
