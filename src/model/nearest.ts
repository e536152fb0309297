/**
 * The word that was probably meant: the beginning of one of them, or one that differs by a slip or two. Undefined where
 * none is that near.
 */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const all = [...words]
  const meant = word.toLowerCase()
  if (meant.length >= 3) {
    const begun = all.filter((one) => one.toLowerCase().startsWith(meant))
    if (begun.length > 0) return begun.toSorted((a, b) => a.length - b.length)[0]
  }
  const [best] = all.map((one) => ({ one, slips: slipsBetween(meant, one.toLowerCase()) })).toSorted(bySlips)
  return best !== undefined && best.slips <= Math.max(1, Math.floor(best.one.length / 4)) ? best.one : undefined
}

const bySlips = (one: { slips: number }, other: { slips: number }): number => one.slips - other.slips

/** How many letters must be added, left out, changed or exchanged with their neighbour to make one word of the other. */
function slipsBetween(one: string, other: string): number {
  const width = other.length + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: width }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const now = [row]
    for (let column = 1; column < width; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      now[column] = Math.min(
        last[column]! + 1,
        now[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
        isSwap ? beforeLast[column - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = now
  }
  return last[width - 1]!
}
