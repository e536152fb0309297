import type { Random } from '../../random.ts'
import { drawnOnce } from '../drawn-once.ts'
import { firstCharacters } from '../first-characters.ts'

/** Names of categories, each with the names of its sections. */
export const CATEGORIES: readonly (readonly [name: string, sections: readonly string[]])[] = [
  ['Getting started', ['First steps', 'FAQ', 'Downloads & drivers']],
  ['Billing & invoices', ['Payments', 'Refunds 💶', 'Taxes', 'Past: 1999–2010']],
  ['Hjælp på dansk', ['Levering', 'Retur & ombytning']],
  ['製品サポート', ['ダウンロード', 'よくある質問']],
  ['עזרה בעברית', ['תשלומים']],
  ['API “developers” <beta>', ['Webhooks', 'Errors & limits', 'Release notes']],
  ['Empty on purpose', []],
]

const VERBS = ['Reading', 'Changing', 'Cancelling', 'Exporting', 'Understanding', 'Sharing', 'Fixing']
const THINGS = ['your invoice', 'a password', 'the mobile app', 'orders', 'two-factor login', 'reports', 'an API key']
const LOCAL: Readonly<Record<string, readonly string[]>> = {
  da: ['Sådan læser du fakturaen', 'Ændr din adgangskode', 'Fejl: “kan ikke åbnes”', 'Åbningstider'],
  ja: ['請求書の見方', 'パスワードの変更', '商品情報と操作動画', 'ログインできない場合'],
  he: ['איך לקרוא את החשבונית', 'שינוי סיסמה', 'יצירת קשר'],
}
const WILD = [
  'Why is there <script>alert(1)</script> in my title?',
  '👩‍👩‍👧‍👦 Family plans 🏳️‍🌈',
  'Line\u2028separator & paragraph\u2029separator',
  'MongoDB 安装',
  '“Quotes”, back\\slash / and tab\there',
  'x'.repeat(255),
  'null',
  'Ünïcödé à la carte — 50 % off?',
]
const PARAGRAPHS = [
  '<p>Open the menu and choose <strong>Settings</strong>.</p>',
  '<p>It takes 3&ndash;5 days &amp; you get a mail.</p>',
  '<ul>\n<li>First</li>\n<li>Second: <a href="https://example.org/a?b=1&amp;c=2#d" target="_blank">link</a></li>\n</ul>',
  '<table style="border-collapse: collapse;"><tbody><tr><td>1</td><td>½</td></tr></tbody></table>',
  '<pre>GET /api/v2/tickets.json\r\n{"a": [1, 2, "\\u2028"]}</pre>',
  '<p>日本語の段落です。🙂</p>',
  '<p dir="rtl">פסקה בעברית, 42%</p>',
  '<h2 id="h_01">Héading</h2>',
  '<p>Zero\u200bwidth, soft\u00adhyphen, e\u0301, \u2028 and \u2029.</p>',
]
const LONG = 60_000
const COMMENTS = [
  '<p>Useful</p>',
  '<p>This did not work for me 😕</p>',
  '<p>Merci beaucoup&nbsp;!</p>',
  '<p>ありがとうございます。</p>',
  '<p>Step 2 is <em>wrong</em>: 1 &lt; 2</p>',
  '<p>תודה</p>',
  '<p>+1</p>',
]
const POSTS = [
  'Dark mode please',
  'How do I get around the community?',
  '什么是社区？',
  'Export as CSV, XLSX & JSON',
  'Bug: “save” does nothing',
  'Ønske: danske helligdage',
  'Please add 🦄 reactions',
  'Tips for large accounts',
  'مرحبا بالجميع',
]

/** Texts of a Help Center, drawn from pools so that many articles share few strings. */
export type HelpCenterTexts = {
  readonly title: (locale: string) => string
  /** HTML, rarely empty, null or very long. */
  readonly body: () => string | null
  readonly comment: () => string
  readonly post: () => string
}

/** The texts of one Help Center. */
export function createHelpCenterTexts(random: Random): HelpCenterTexts {
  const { bodies, long } = pools(random)
  return {
    title: (locale) => {
      if (random.chance(0.05)) return random.pick(WILD)
      const local = LOCAL[locale]
      if (local !== undefined) return random.pick(local)
      return `${random.pick(VERBS)} ${random.pick(THINGS)}${random.chance(0.2) ? ` (${random.between(1, 9)})` : ''}`
    },
    body: () => {
      if (random.chance(0.03)) return random.pick([null, '', '<p></p>'])
      return random.chance(0.004) ? long : random.pick(bodies)
    },
    comment: () => random.pick(COMMENTS),
    post: () => (random.chance(0.05) ? random.pick(WILD) : random.pick(POSTS)),
  }
}

/** What bodies are picked from. */
const pools = drawnOnce((random) => {
  const joined = (count: number) => Array.from({ length: count }, () => random.pick(PARAGRAPHS)).join('')
  const bodies: readonly string[] = Array.from({ length: 200 }, () => joined(random.between(1, 8)))
  return { bodies, long: firstCharacters(joined(80).repeat(20), LONG) }
})
