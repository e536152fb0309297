/** How many seeds a soak tries; 0 without SOAK=n, as `npm run soak` sets it. */
export const SOAK = Number(process.env['SOAK'] ?? 0)

/** Where each case is dear: all of them in a soak, and these few with each commit. */
export const thorough = <Case>(all: readonly Case[], few: readonly Case[]): readonly Case[] => (SOAK > 0 ? all : few)

/** How often a property of dear cases is tried: so often in a soak, a quarter of it with each commit. */
export const tries = (often: number): { readonly numRuns: number } => ({
  numRuns: SOAK > 0 ? often : Math.ceil(often / 4),
})
