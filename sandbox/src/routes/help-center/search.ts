import type { Entry } from '../../account/table.ts'
import { Refusal } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Served } from '../served.ts'
import { articleKind, postKind } from './kinds.ts'
import { byText, type HelpCenterKind, helpCenterPaths, listed, timeOrders, withFeature } from './records.ts'

/** Search of articles and posts, 25 on a page. */
export function helpCenterSearchRoutes(served: Served): readonly Family[] {
  const { store } = served
  const articles: Routes = {
    'GET /articles/search': (call) => {
      const { query } = call.asked
      const [text, labels] = [query.get('query'), query.get('label_names')]
      const filters = ['query', 'category', 'section', 'label_names']
      // Assumed (fact 330): the words of this refusal.
      if (filters.every((name) => !query.has(name)))
        throw new Refusal(400, {
          error: 'BadRequest',
          description: 'query, category, section or label_names is required',
        })
      const names = labels?.split(',').map((name) => name.trim())
      const locale = query.get('locale')
      const sectionsOf = (id: unknown) => store.table('sections').get(id as number)?.['category_id']
      const wanted = [...store.table('articles').all()].filter(
        (entry) =>
          matches(text, `${entry['title']} ${entry['body']}`) &&
          within(query, entry) &&
          (query.get('section') === null || query.get('section') === String(entry['section_id'])) &&
          (query.get('category') === null || query.get('category') === String(sectionsOf(entry['section_id']))) &&
          (names === undefined || names.some((name) => (entry['label_names'] as string[]).includes(name))),
      )
      const inLanguage = locale === null || locale === '*' ? call : { ...call, params: { ...call.params, locale } }
      return listed(served, results(articleKind(store), 'article', 'body', text), wanted, inLanguage)
    },
  }
  const posts: Routes = {
    'GET /community_posts/search': (call) => {
      const { query } = call.asked
      const text = query.get('query')
      const wanted = [...store.table('posts').all()].filter(
        (entry) =>
          matches(text, `${entry['title']} ${entry['details']}`) &&
          within(query, entry) &&
          (query.get('topic') === null || query.get('topic') === String(entry['topic_id'])),
      )
      return listed(served, results(postKind(store), 'post', 'details', text), wanted, call)
    },
  }
  function results(kind: HelpCenterKind, type: string, body: string, text: string | null): HelpCenterKind {
    const table = store.table(kind.table)
    return {
      ...kind,
      ...{ one: 'result', many: 'results', perPage: 25 },
      // Assumed (fact 368): as relevant are first those with the words in the title, then the newest.
      orders: { relevance: relevance(text), ...timeOrders('created_at', 'updated_at'), title: byText('title') },
      row: (entry: Entry, call: Call) => {
        const row = kind.row?.(entry, call) ?? table.row(entry)
        return { ...row, snippet: snippetOf(String(row[body] ?? ''), text), result_type: type }
      },
    }
  }
  return [
    { who: 'anyone', scope: 'hc', routes: helpCenterPaths(withFeature(served, 'help_center', articles)) },
    { who: 'anyone', scope: 'hc', routes: helpCenterPaths(withFeature(served, 'community', posts)) },
  ]
}

function wordsOf(text: string | null): string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/[\s"“”]+/u)
    .filter((word) => word !== '' && word !== '*')
}

function matches(text: string | null, content: string): boolean {
  const all = content.toLowerCase()
  return wordsOf(text).every((word) => all.includes(word))
}

function relevance(text: string | null) {
  return {
    shape: 'iii',
    key: (entry: Entry) => [
      wordsOf(text).some((word) => String(entry['title']).toLowerCase().includes(word)) ? 0 : 1,
      -Date.parse(String(entry['created_at'])),
      Number(entry.id),
    ],
  }
}

// Days (UTC), as `YYYY-MM-DD`.
function within(query: URLSearchParams, entry: Entry): boolean {
  return ['created', 'updated'].every((name) => {
    const day = String(entry[`${name}_at`]).slice(0, 10)
    const at = query.get(`${name}_at`)
    const [after, before] = [query.get(`${name}_after`), query.get(`${name}_before`)]
    return (at === null || day === at) && (after === null || day > after) && (before === null || day < before)
  })
}

const SNIPPET = 120

function snippetOf(html: string, text: string | null): string {
  const plain = [...html.replaceAll(/<[^>]*>/g, ' ')].slice(0, SNIPPET).join('')
  const [word] = wordsOf(text)
  if (word === undefined) return plain
  const at = plain.toLowerCase().indexOf(word)
  return at < 0
    ? plain
    : `${plain.slice(0, at)}<em>${plain.slice(at, at + word.length)}</em>${plain.slice(at + word.length)}`
}
