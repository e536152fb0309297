import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

// Holds docs/words.md: the words of its last columns come back neither into documents nor into the code of the connector and
// of the sandbox.

const root = resolve(import.meta.dirname, '..')
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const filesIn = (folder: string, ending: string, recursive = true): readonly string[] =>
  readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/node_modules|dist|generated/.test(file))
    .map((file) => join(folder, file))

/** Words of the last columns that have a common meaning as well. Nothing looks for these but the people who read a change. */
const COMMON: readonly string[] = [
  'resource, table, entity, item, document, entry, element, batch, chunk, iterator, paginator, below, each, nested, join',
  'expansion, dump, index, id columns, watermark, manifest, attribute, progress, pointer, token, offset, memory, commit, save',
  'pass on, announce, member, reader, rewind window, margin, settle time, form, version hash, enrich, since date, event',
  'format, flavour, remains, count, audit, throttle, turn, pool, context, strike, keep, spelling',
].flatMap((line) => line.split(', '))

/** Words whose other forms are not made with -s, -ed, -er and -ing, or that may be used in another sense. */
const FORMS: Readonly<Record<string, RegExp>> = {
  // To say, to show, to tell apart: those are English. Deletions are emitted, and reasons reported.
  tell: new RegExp(
    [
      /(?<![A-Za-z])(un)?told(?! apart)(?![a-z])|[a-z]Told(?![a-z])|\bTold\b/,
      /\btell(?=[(:]| =)/,
      /\b[Tt]ells?( of)?( its| their| no| the)? deletions?\b/,
    ]
      .map(({ source }) => source)
      .join('|'),
  ),
  sweep: /(?<![A-Za-z])(sweep(s|ers?|ing)?|swept)(?![a-z])|S(weep(s|ers?)?|wept)(?![a-z])/,
  'hand on': /\b[Hh]and(s|ed|ing)? on\b|handOn|handedOn/,
  'look again': /\b[Ll]ook(s|ed|ing)?( at( it| them)?)? again\b|lookAgain/,
  'cut-out': /\bcut-outs?\b|[cC]utOut/,
  'by list': /\bby-list\b|[bB]yList(?![A-Za-z])/,
  gone: /(?<![A-Za-z])[Gg]one(?! (?:by|through)\b)(?![a-z])|[a-z]Gone(?![a-z])|(?<![A-Z])GONE(?![A-Z])/,
  // Gather is Zendesk's name of the community, in paths.
  gather: /(?<![A-Za-z])[Gg]ather(s|ed|ers?|ing)?(?![a-z/)|\\]| \|)/,
  // Tickets have followers.
  follower: /(?<![A-Za-z])[Ff]ollower(?![a-z_])|[a-z]Follower(?![a-z])/,
}

/** A word in prose, in camelCase and in CAPITALS. */
function patternOf(word: string): RegExp {
  const forms = FORMS[word]
  if (forms) return forms
  const [first = '', ...rest] = word.split(/[ -]/)
  const ending = '(?:s|ed|ers?|ing)?'
  const capital = (part: string): string => part.charAt(0).toUpperCase() + part.slice(1)
  const spaced = [first, ...rest].join('[ -]?')
  const camel = [first, ...rest.map(capital)].join('')
  return new RegExp(
    `(?<![A-Za-z])(?:${spaced}|${camel})${ending}(?![a-z])|${capital(spaced)}${ending}(?![a-z])|` +
      `${capital(camel)}${ending}(?![a-z])|(?<![A-Z])${[first, ...rest].join('_').toUpperCase()}(?![A-Z])`,
  )
}

/** The words of the last columns of docs/words.md, each with today's. */
const rows = [...textOf('docs/words.md').matchAll(/^\| (\*\*.+?) \|.*\| ([^|]+) \|$/gm)].flatMap(
  ([, today = '', words = '']) =>
    words
      .replace(/ \(.*?\)/g, '')
      .split(', ')
      .filter((word) => word.trim() !== '')
      .map((word) => ({ word, today: today.replaceAll('**', '') })),
)
const old = Map.groupBy(rows, ({ word }) => word)
const forbidden = [...old]
  .filter(([word]) => !COMMON.includes(word))
  .map(([word, all]) => ({ word, today: all.map(({ today }) => today).join(', '), pattern: patternOf(word) }))

const documents = [
  ...filesIn('.', '.md', false),
  ...['docs', 'examples', 'sandbox'].flatMap((folder) => filesIn(folder, '.md')),
].filter((file) => !file.endsWith('CHANGELOG.md') && file !== 'docs/words.md')

/** What a document says in words: state keys and names stand in code, and may be what they are. */
const proseOf = (file: string): string =>
  textOf(file)
    .replace(/^```.*?^```/gms, (code) => code.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]*`|\]\([^)]*\)/g, '')

/** Files of code in which old words stay. One that is not needed any more fails the test. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // State keys: docs/words.md.
  'src/sync/state/progress.ts': ['tell', 'gone'],
  'src/protocols/shared/state-shape.ts': ['tell', 'gone'],
  // HTTP's name of 410, and Zendesk's followers of a ticket.
  'sandbox/src/http/app.ts': ['gone'],
  'sandbox/src/seed/settings/rules.ts': ['follower'],
  'sandbox/src/seed/tickets/rare-kinds.ts': ['follower'],
}

/** Where old words stand in a text: the word, and for people the line, what stands there, and today's word. */
const foundIn = (text: string): readonly { readonly word: string; readonly at: string }[] =>
  text.split('\n').flatMap((line, nth) =>
    forbidden.flatMap(({ word, today, pattern }) => {
      const found = pattern.exec(line)
      return found ? [{ word, at: `line ${nth + 1}: "${found[0]}" (${today})` }] : []
    }),
  )

test('docs/words.md names the words that are looked for, and those that are not', () => {
  expect(forbidden.length).toBeGreaterThan(15)
  const words = [...old.keys()]
  expect(COMMON.filter((word) => !words.includes(word))).toEqual([])
  expect(Object.keys(FORMS).filter((word) => !words.includes(word))).toEqual([])
})

test.each([
  ['tell', 'deletions are not told', 'wasTold', 'tell(message)', 'that tells no deletions'],
  ['sweep', 'one sweep', 'isSwept', 'the sweeper'],
  ['hand on', 'what it hands on', 'handed on', 'handOn()'],
  ['look again', 'looked at again', 'lookAgain'],
  ['roll call', 'the roll call', 'roll-call.ts', 'rollCall', 'takeRollCall', 'ROLL_CALL'],
  ['gone', 'what is gone', 'wasGone', 'Gone', 'GONE'],
  ['governor', 'the governor', 'createGovernor'],
  ['follower', 'its follower', 'createFollower'],
])('%s is found in its forms', (word, ...texts) => {
  expect(texts.filter((text) => !foundIn(text).some((one) => one.word === word))).toEqual([])
})

test('English is not found', () => {
  const texts = [
    'answers tell how long',
    'rows can be told apart',
    'followers of a ticket',
    'follower_ids',
    'years gone by',
    'texts have gone through it',
  ]
  expect(texts.flatMap(foundIn)).toEqual([])
})

test.each(documents)('%s is in the words of docs/words.md', (file) => {
  expect(foundIn(proseOf(file)).map(({ at }) => at)).toEqual([])
})

describe('the code of the connector and of the sandbox', () => {
  const files = ['src', 'sandbox/src'].flatMap((folder) => filesIn(folder, '.ts'))
  const found = new Map(files.map((file) => [file, foundIn(textOf(file))]))

  test('is in the words of docs/words.md', () => {
    const places = [...found].flatMap(([file, all]) =>
      all.filter(({ word }) => !EXCEPTIONS[file]?.includes(word)).map(({ at }) => `${file}, ${at}`),
    )
    expect(places).toEqual([])
  })

  test('has no exception that is not needed', () => {
    const needless = Object.entries(EXCEPTIONS).flatMap(([file, words]) =>
      words
        .filter((word) => !found.get(file)?.some((one) => one.word === word))
        .map((word) => `${file}: "${word}" stands there no more; take it out of EXCEPTIONS`),
    )
    expect(needless).toEqual([])
  })
})
