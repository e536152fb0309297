import { schemaOf } from '../catalog/columns.ts'
import { fitted, typesOf, type ValueSchema } from '../model/json-types.ts'
import type { Message } from '../model/message.ts'
import { parsed, rawOf } from '../model/raw-record.ts'
import type { ConfiguredStream, RecordData } from '../model/stream.ts'

/**
 * Objects of which Zendesk gives the one word that counts where it has nothing else to say: `"satisfaction_rating":
 * "offered"`, `"via": "-"`. The word is the member that is named here (fact 430).
 */
const WORDS: Readonly<Record<string, string>> = { satisfaction_rating: 'score', via: 'channel' }

/**
 * Messages with an object in each place where a record has a word and its schema an object: a column has one type, and
 * targets that validate end a load over such a value. A page costs one search of its bytes.
 */
export function wordsAsObjects(configured: readonly ConfiguredStream[]): (message: Message) => Message {
  const changes = new Map(configured.map(({ stream }) => [stream.name, changeOf(schemaOf(stream).properties)]))
  return (message) => {
    const change = message.kind === 'records' ? changes.get(message.stream) : undefined
    return message.kind !== 'records' || !change ? message : { ...message, records: message.records.map(change) }
  }
}

/** What makes objects of the words in a stream's record; undefined if none of its columns is such an object. */
function changeOf(properties: unknown): ((record: RecordData) => RecordData) | undefined {
  const columns = columnsWithWords(properties)
  if (columns.length === 0) return undefined
  // How such words look in the bytes of a page. Without the first quote: a search for what is rarer takes half of the time.
  const signs = Object.keys(WORDS)
    .filter((word) => columns.some((column) => mayHold(word, column)))
    .map((word) => Buffer.from(`${word}":"`))
  const nextWords = signs.map(nextIn)
  return (record) => {
    const raw = rawOf(record)
    // Events have such words around their comments: what counts is the record's own text.
    const mayHave = raw === undefined || nextWords.some((next) => next(raw.bytes, raw.from) < raw.to)
    return mayHave ? withObjects(record, columns) : record
  }
}

type Column = readonly [name: string, schema: ValueSchema]

/** The columns that are, or hold, an object which may come as its word. */
const columnsWithWords = (properties: unknown): readonly Column[] =>
  Object.entries(properties as Readonly<Record<string, ValueSchema>>).filter((column) =>
    Object.keys(WORDS).some((word) => mayHold(word, column)),
  )

const isWordable = (schema: ValueSchema): boolean =>
  typesOf(schema).includes('object') && !typesOf(schema).includes('string')

/** Whether a column is, or holds, an object that has this name and may come as its word. */
const mayHold = (word: string, [name, schema]: Column): boolean =>
  (name === word && isWordable(schema)) ||
  [schema, ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])].some((part) =>
    Object.entries(part.properties ?? {}).some((member) => mayHold(word, member)),
  )

/** The record with objects in place of words; the same record if it has none. */
function withObjects(record: RecordData, columns: readonly Column[]): RecordData {
  const whole = parsed(record)
  const changed: [string, unknown][] = []
  for (const [name, schema] of columns) {
    const value = fitted(whole[name], schema, name, (misfit, { properties }, path) => {
      const word = WORDS[path.slice(path.lastIndexOf('.') + 1)]
      const isWord = typeof misfit === 'string' && word !== undefined && properties !== undefined
      return isWord ? { [word]: misfit } : misfit
    })
    if (value !== whole[name]) changed.push([name, value])
  }
  return changed.length === 0 ? record : { ...whole, ...Object.fromEntries(changed) }
}

/**
 * Where in bytes this sign stands next, from a place on; infinite where it does not. The answer is kept for the places up to
 * there: records of one page ask one after the other, so that the page is searched once.
 */
function nextIn(sign: Buffer): (bytes: Buffer, from: number) => number {
  let known: { readonly bytes: Buffer; readonly from: number; readonly next: number } | undefined
  return (bytes, from) => {
    if (known?.bytes !== bytes || from < known.from || from > known.next) {
      const found = bytes.indexOf(sign, from)
      known = { bytes, from, next: found < 0 ? Number.POSITIVE_INFINITY : found }
    }
    return known.next
  }
}
