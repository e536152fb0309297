/** Features that only some plans have. An endpoint of a missing feature answers as Zendesk does (403, mostly). */
export const FEATURES = [
  'ticket_forms',
  'satisfaction_ratings',
  'custom_statuses',
  'custom_roles',
  'contextual_workspaces',
  'audit_logs',
  'sla_policies',
  'group_sla_policies',
  'schedules',
  'routing',
  'custom_objects',
  'side_conversations',
  'talk',
  'chat',
  'help_center',
  'community',
  'multibrand',
  'sell',
] as const

/** Name of a feature that a plan may lack. */
export type Feature = (typeof FEATURES)[number]

/** Zendesk's Suite plans, and the smallest of the old ones. */
export const PLANS = ['essential', 'team', 'growth', 'professional', 'enterprise', 'enterprise_plus'] as const

/** Name of a plan. */
export type PlanName = (typeof PLANS)[number]

// Assumed (fact 333) where the documentation is silent: which plan is the first to have a feature (Zendesk's public
// comparison of its plans, 2026). Side conversations and Sell are sold in addition to any plan.
const TEAM_LACKS: readonly Feature[] = [
  'ticket_forms',
  'satisfaction_ratings',
  'custom_roles',
  'contextual_workspaces',
  'audit_logs',
  'sla_policies',
  'group_sla_policies',
  'schedules',
  'routing',
  'side_conversations',
  'community',
  'multibrand',
]
const LACKS: Readonly<Record<PlanName, readonly Feature[]>> = {
  essential: [...TEAM_LACKS, 'custom_statuses', 'custom_objects', 'talk', 'chat', 'help_center', 'sell'],
  team: TEAM_LACKS,
  growth: [
    'custom_roles',
    'contextual_workspaces',
    'audit_logs',
    'group_sla_policies',
    'routing',
    'side_conversations',
    'community',
    'multibrand',
  ],
  professional: ['custom_roles', 'contextual_workspaces', 'audit_logs', 'group_sla_policies'],
  enterprise: [],
  enterprise_plus: [],
}

/** Requests a minute that a plan grants to the whole account (fact 30). */
const REQUESTS_A_MINUTE: Readonly<Record<PlanName, number>> = {
  essential: 10,
  team: 200,
  growth: 400,
  professional: 400,
  enterprise: 700,
  enterprise_plus: 2500,
}

const HIGH_VOLUME = 2500

/** Requests a minute that a plan grants to Support, and as many to the Help Center. */
export function requestsAMinute({ name, highVolume }: AccountPlan): number {
  return highVolume ? HIGH_VOLUME : REQUESTS_A_MINUTE[name]
}

/** The account's plan. It can change while the account lives. */
export type AccountPlan = {
  name: PlanName
  /** The High Volume API add-on: 2,500 requests a minute, three times the exports. */
  highVolume: boolean
  readonly features: Record<Feature, boolean>
}

/** The argument of `setPlan`: another plan sets all features, `features` then switches single ones. */
export type PlanChanges = {
  readonly name?: PlanName
  readonly highVolume?: boolean
  readonly features?: Partial<Record<Feature, boolean>>
}

/** A plan with its features. */
export function createPlan(name: PlanName): AccountPlan {
  const features = Object.fromEntries(FEATURES.map((feature) => [feature, !LACKS[name].includes(feature)]))
  return { name, highVolume: name === 'enterprise_plus', features: features as Record<Feature, boolean> }
}

/** Changes a plan in place. Throws if there is no such plan or feature. */
export function changePlan(plan: AccountPlan, { name, highVolume, features = {} }: PlanChanges): void {
  if (name !== undefined && !PLANS.includes(name)) throw new Error(`There is no plan ${name}: ${PLANS.join(', ')}.`)
  for (const feature of Object.keys(features))
    if (!FEATURES.some((one) => one === feature))
      throw new Error(`There is no feature ${feature}: ${FEATURES.join(', ')}.`)
  if (name !== undefined) Object.assign(plan, { ...createPlan(name), features: plan.features })
  if (name !== undefined) Object.assign(plan.features, createPlan(name).features)
  if (highVolume !== undefined) plan.highVolume = highVolume
  Object.assign(plan.features, features)
}
