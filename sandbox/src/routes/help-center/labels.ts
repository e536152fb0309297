import { knowLabels } from '../../account/help-center/content.ts'
import type { Entry } from '../../account/table.ts'
import { parameterMissing } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { found } from '../parameters.ts'
import type { Served } from '../served.ts'
import { articleKind } from './kinds.ts'
import { byText, demandText, entryIn, type HelpCenterKind, helpCenterPaths, listed, withFeature } from './records.ts'

/** Labels of articles. */
export function helpCenterLabelRoutes(served: Served): readonly Family[] {
  const { store } = served
  const labels = store.table('labels')
  const articles = store.table('articles')
  const kind: HelpCenterKind = {
    ...{ table: 'labels', one: 'label', many: 'labels' },
    orders: { name: byText('name') },
  }
  const sees = articleKind(store).sees
  const article = (call: Call): Entry => {
    const entry = entryIn(articles, call, 'article_id')
    return found(sees?.(entry, call) === false ? undefined : entry)
  }
  const namesOf = (entry: Entry) => entry['label_names'] as readonly string[]
  const named = (names: readonly unknown[]) => [...labels.all()].filter(({ name }) => names.includes(name))
  const read: Routes = {
    'GET /articles/labels': (call) => listed(served, kind, labels.all(), call),
    'GET /articles/labels/:id': (call) => ({ label: labels.row(entryIn(labels, call)) }),
    'GET /articles/:article_id/labels': (call) => listed(served, kind, named(namesOf(article(call))), call),
  }
  const write: Routes = {
    'POST /articles/:article_id/labels': (call) => {
      const entry = article(call)
      // One client sends the name alone.
      const sent = call.body['label']
      if (sent === undefined || sent === null) throw parameterMissing('label')
      const label = typeof sent === 'string' ? { name: sent } : (sent as Record<string, unknown>)
      demandText(label, 'name')
      const name = String(label['name'])
      knowLabels(store, [name])
      if (!namesOf(entry).includes(name)) articles.change(entry.id, { label_names: [...namesOf(entry), name] })
      const row = labels.row(found(named([name])[0]))
      return created({ label: row }, row['url'])
    },
    'DELETE /articles/:article_id/labels/:id': (call) => {
      const entry = article(call)
      const { name } = entryIn(labels, call)
      found(namesOf(entry).find((one) => one === name))
      articles.change(entry.id, { label_names: namesOf(entry).filter((one) => one !== name) })
      return noContent()
    },
  }
  const guarded = (routes: Routes) => helpCenterPaths(withFeature(served, 'help_center', routes))
  return [
    { who: 'end-user', scope: 'hc', routes: guarded(read) },
    { who: 'agent', scope: 'hc', routes: guarded(write) },
  ]
}
