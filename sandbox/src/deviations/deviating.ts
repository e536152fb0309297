import type { Store } from '../account/store.ts'
import type { Family } from '../http/family.ts'
import type { Deviants } from './deviant.ts'
import type { Deviation } from './names.ts'
import { OF_OTHERS } from './of-others.ts'
import { OF_TICKETS } from './of-tickets.ts'

const ALL: Readonly<Record<Deviation, Deviants>> = { ...OF_TICKETS, ...OF_OTHERS }

/** The same families of routes, with those that the deviations concern answering otherwise. */
export function deviating(families: readonly Family[], names: readonly Deviation[], store: Store): readonly Family[] {
  if (names.length === 0) return families
  const served = new Set(families.flatMap((family) => Object.keys(family.routes).map((route) => within(family, route))))
  const lost = names.flatMap((name) => Object.keys(ALL[name])).find((route) => !served.has(route))
  if (lost !== undefined) throw new Error(`There is no ${lost} that could deviate.`)
  return names.reduce((before, name) => before.map((family) => deviatingFamily(family, ALL[name], store)), families)
}

/** A route by its whole path, but for the API's own: `GET /help_center/articles`. */
const within = ({ base = '' }: Family, route: string): string => route.replace(' ', ` ${base.replace('/api/v2', '')}`)

function deviatingFamily(family: Family, deviants: Deviants, store: Store): Family {
  const routes = Object.entries(family.routes).map(([route, handler]) => {
    return [route, deviants[within(family, route)]?.(handler, store) ?? handler] as const
  })
  return { ...family, routes: Object.fromEntries(routes) }
}
