// All sets of models, by the order in which `zendesk-hub models` lists them.
import { fivetran } from './fivetran/fivetran.ts'
import { graph } from './graph/graph.ts'
import { metrics } from './metrics/metrics.ts'
import type { ModelSet } from './model.ts'

export const MODEL_SETS: readonly ModelSet[] = [graph, metrics, fivetran]
