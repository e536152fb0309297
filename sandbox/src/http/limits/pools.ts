/** A pool that requests are counted against before any endpoint's own limit: `total` in `seconds` (60). */
export type Pool = { readonly total?: number; readonly seconds?: number }

/**
 * The pools (facts 30, 31, 50 and 51). Those without a total have what the plan grants. The Help Center has one of its
 * own of the same size as Support's.
 */
export const POOLS: Readonly<Record<string, Pool>> = {
  account: {},
  'help center': {},
  talk: { total: 15_000, seconds: 300 },
  chat: { total: 200 },
  webhooks: { total: 100 },
}

const PREFIXES: readonly [pool: string, path: RegExp][] = [
  ['help center', /^\/api\/v2\/(?:help_center|community|guide)(?:\/|$)/],
  ['talk', /^\/api\/v2\/channels\/voice(?:\/|$)/],
  ['chat', /^\/api\/v2\/chats?(?:\/|$)/],
  ['webhooks', /^\/api\/v2\/webhooks(?:\/|$)/],
]

/** The name of the pool of a path. */
export function poolOf(path: string): string {
  return PREFIXES.find(([, prefix]) => prefix.test(path))?.[0] ?? 'account'
}
