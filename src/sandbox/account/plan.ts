/** What only some plans have. An endpoint of a feature that the plan lacks answers as Zendesk does (403, mostly). */
export const FEATURES = [
  'ticket_forms',
  'satisfaction_ratings',
  'custom_statuses',
  'custom_roles',
  'audit_logs',
  'sla_policies',
  'group_sla_policies',
  'schedules',
  'routing',
  'custom_objects',
  'side_conversations',
  'talk',
  'help_center',
  'community',
  'multibrand',
  'sell',
] as const

/** Name of a feature that a plan may lack. */
export type Feature = (typeof FEATURES)[number]

/** Zendesk's Suite plans. */
export type PlanName = 'team' | 'growth' | 'professional' | 'enterprise' | 'enterprise_plus'

// Assumed where the reference is silent: which plan is the first to have a feature (Zendesk's public comparison of its
// plans, 2026). Side conversations and Sell are sold beside every plan.
const LACKS: Readonly<Record<PlanName, readonly Feature[]>> = {
  team: [
    'ticket_forms',
    'satisfaction_ratings',
    'custom_roles',
    'audit_logs',
    'sla_policies',
    'group_sla_policies',
    'schedules',
    'routing',
    'side_conversations',
    'community',
    'multibrand',
  ],
  growth: [
    'custom_roles',
    'audit_logs',
    'group_sla_policies',
    'routing',
    'side_conversations',
    'community',
    'multibrand',
  ],
  professional: ['custom_roles', 'audit_logs', 'group_sla_policies'],
  enterprise: [],
  enterprise_plus: [],
}

/** Requests a minute that a plan grants to the whole account (zendesk-api.md 2.1). */
export const REQUESTS_A_MINUTE: Readonly<Record<PlanName, number>> = {
  team: 200,
  growth: 400,
  professional: 400,
  enterprise: 700,
  enterprise_plus: 2500,
}

/** The account's plan. It can change while the account lives. */
export type AccountPlan = {
  name: PlanName
  /** The High Volume API add-on: 2,500 requests a minute, three times the exports. */
  highVolume: boolean
  readonly features: Record<Feature, boolean>
}

/** What `setPlan` takes: another plan sets all features, `features` then switches single ones. */
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

/** Changes a plan in place. */
export function changePlan(plan: AccountPlan, { name, highVolume, features = {} }: PlanChanges): void {
  if (name !== undefined) Object.assign(plan, { ...createPlan(name), features: plan.features })
  if (name !== undefined) Object.assign(plan.features, createPlan(name).features)
  if (highVolume !== undefined) plan.highVolume = highVolume
  Object.assign(plan.features, features)
}
