import type { Random } from '../../random.ts'
import { drawnOnce } from '../drawn-once.ts'
import { firstCharacters } from '../first-characters.ts'

/** Texts of an account: drawn from pools, so that a hundred thousand tickets share a few thousand strings. */
export type Texts = {
  readonly subject: () => string
  readonly body: () => string
  readonly reply: () => string
  readonly note: () => string
}

const PRODUCTS = [
  'invoice PDF',
  'order #48213',
  'the mobile app',
  'my password',
  'the API',
  'two-factor login',
  'shipping',
  'Café Niño™',
]
const TROUBLES = [
  'is blank',
  'does not load',
  'was charged twice',
  'is late',
  'shows “undefined”',
  'can’t be found',
  'crashes on start',
]
const GREETINGS = ['Hi,', 'Hello there,', 'Good morning', 'Hej,', 'Bonjour,', 'Γειά σας,', 'Здравствуйте,', '您好，']
const SENTENCES = [
  'I have tried it three times now and nothing changes.',
  'Could you please have a look? It worked until yesterday.',
  'My colleague sees the same on her machine.',
  'We are on the yearly plan & need this before Friday.',
  'The screenshot shows it: total = 1 < 2 > 0.',
  'Order no. 2024/00-17, paid by card ending in 4242.',
  'See https://example.org/path?a=1&b=2#top for details.',
  'The “export” button gives\tan empty file.',
  'Thanks in advance! 🙏',
]
const REPLIES = [
  'Thanks for writing in. I am looking into it.',
  'Could you tell us which browser you use?\n\nBest,\nSupport',
  'This is fixed now; please try again. ✅',
  'We have refunded the second charge. It takes 3–5 days.',
  'Merci, nous revenons vers vous rapidement.',
  'お問い合わせありがとうございます。確認いたします。',
]
const NOTES = [
  'Called the customer, no answer.',
  'Looks like the bug from last week, see #12.',
  'VIP — handle first ⚠️',
  'Escalated to tier 2: logs say "timeout after 30000ms" \\o/',
]
const WILD = [
  '👩‍👩‍👧‍👦 family plan 🏳️‍🌈 and a flag 🇩🇰',
  'مرحبا، لا أستطيع تسجيل الدخول إلى حسابي',
  'שלום, החשבונית ריקה',
  'Right‮-to-left override and a zero​width space',
  'Line separator here:\u2028and paragraph separator:\u2029end',
  '<p>HTML <b>bold</b> &amp; <script>alert("x")</script></p>',
  'Zalgo: Z̸͓̈a̷̰͝l̵͉̃g̶̲̈o',
  '한국어 문의: 결제가 되지 않습니다',
  'नमस्ते, मेरा ऑर्डर कहाँ है?',
  'quote " backslash \\ slash / null-ish \u0001 control',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 astral 𝟘𝟙𝟚 🧑🏽‍🚀',
  'null',
  '=SUM(A1:A9)',
  'naïve café — e\u0301 combining',
]
const LARGE = 60_000

/** The texts of one account. A few bodies have 60 kB. */
export function createTexts(random: Random): Texts {
  const { subjects, bodies, large, replies } = pools(random)
  const notes = [...NOTES, ...WILD]
  return {
    subject: () => random.pick(subjects),
    body: () => (random.chance(0.0005) ? random.pick(large) : random.pick(bodies)),
    reply: () => random.pick(replies),
    note: () => random.pick(notes),
  }
}

/** What the texts are picked from. */
const pools = drawnOnce((random) => {
  const letters = (count: number, of: readonly string[]) =>
    Array.from({ length: count }, () => random.pick(of)).join(' ')
  const pool = (size: number, make: () => string): readonly string[] => Array.from({ length: size }, make)
  const subjects = pool(1500, () =>
    random.chance(0.06) ? random.pick(WILD) : `${capital(random.pick(PRODUCTS))} ${random.pick(TROUBLES)}`,
  )
  const wildBody = () => `${random.pick(WILD)}\n\n${letters(2, SENTENCES)}`
  const bodies = pool(2000, () =>
    random.chance(0.1) ? wildBody() : `${random.pick(GREETINGS)}\n\n${letters(random.between(1, 6), SENTENCES)}`,
  )
  // Mostly plain letters: a text longer than 64 kB in UTF-8 would be cut.
  const large = pool(4, () => firstCharacters(`${random.pick(WILD)} ${`${letters(40, SENTENCES)} `.repeat(60)}`, LARGE))
  const more = pool(300, () => `${random.pick(REPLIES)}\n${letters(random.between(1, 3), SENTENCES)}`)
  return { subjects, bodies, large, replies: [...REPLIES, ...more] }
})

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
