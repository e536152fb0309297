import type { Row } from '../../account/model.ts'
import { isReply, type Reply } from '../reply.ts'

/** When lists by cursor have `meta.has_more`: always, if `include_boundary_indicators` asks for it, or never. */
export type BoundaryIndicators = 'always' | 'asked' | 'never'

/** The lists whose reference describes the parameter (fact 224): those of Support. */
const TAKES_PARAMETER = /^\/api\/v2\/(?!(?:help_center|community|guide|gather|webhooks|search)(?:\/|$))/

/** An answer without the `meta.has_more` that it should not have. */
export function withIndicators(
  answer: Row | Reply,
  { indicators, path, query }: { indicators: BoundaryIndicators; path: string; query: URLSearchParams },
): Row | Reply {
  if (indicators === 'always' || isReply(answer) || !TAKES_PARAMETER.test(path)) return answer
  const { meta } = answer
  if (typeof meta !== 'object' || meta === null) return answer
  if (indicators === 'asked' && query.get('include_boundary_indicators') === 'true') return answer
  const { has_more: _, ...rest } = meta as Row
  return { ...answer, meta: rest }
}
