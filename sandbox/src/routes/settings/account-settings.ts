import { logAudit } from '../../account/audit-log.ts'
import type { Row } from '../../account/model.ts'
import { parameterMissing } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { accountSettings } from '../../rows/account-settings.ts'
import { isRow } from '../input/values.ts'
import type { Served } from '../served.ts'

/** The account's settings: the values that follow from the plan and the account, and those written over them. */
export function settingsRoutes({ store, plan }: Served): readonly Family[] {
  let written: Row = {}
  const settings = () => laidOver(accountSettings(store, plan), written)
  const routes: Routes = {
    'GET /account/settings': () => ({ settings: settings() }),
    'PUT /account/settings': ({ body, caller }) => {
      const sent = body['settings']
      if (!isRow(sent)) throw parameterMissing('settings')
      const before = settings()
      written = known(laidOver(written, sent), before)
      const after = settings()
      for (const [group, values] of Object.entries(after)) {
        const changed = Object.entries(values as Row).filter(
          ([key, value]) => JSON.stringify((before[group] as Row)[key]) !== JSON.stringify(value),
        )
        for (const [key, value] of changed)
          logAudit(store, {
            actor: caller.user?.id ?? -1,
            action: 'update',
            sourceType: 'account_setting',
            sourceId: store.brand,
            sourceLabel: `${group}: ${key}`,
            change: `Changed from ${JSON.stringify((before[group] as Row)[key])} to ${JSON.stringify(value)}`,
          })
      }
      return { settings: after }
    },
  }
  return [{ who: 'agent', writers: 'admin', routes }]
}

function laidOver(under: Row, over: Row): Row {
  const both = Object.entries(over).map(([key, value]) => {
    const before = under[key]
    return [key, isRow(before) && isRow(value) ? laidOver(before, value) : value]
  })
  return { ...under, ...Object.fromEntries(both) }
}

// Unknown settings are ignored, and so are groups that hold no settings.
function known(written: Row, all: Row): Row {
  const groups = Object.entries(written).filter(([group, values]) => isRow(all[group]) && isRow(values))
  return Object.fromEntries(
    groups.map(([group, values]) => [
      group,
      Object.fromEntries(Object.entries(values as Row).filter(([key]) => key in (all[group] as Row))),
    ]),
  )
}
