import type { File, Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { NewComment } from '../../account/tickets/new-comment.ts'
import { createdAfterUpload } from '../tickets/uploads.ts'
import type { InputFaults } from './faults.ts'
import { isRow, numberOf } from './values.ts'

/** A comment that was sent: an object or its text alone; undefined if there is none, or it is blank and without files. */
export function sentComment(
  store: Store,
  sent: unknown,
  faults: InputFaults,
  isPublic: boolean,
): NewComment | undefined {
  const given: Row = typeof sent === 'string' ? { body: sent } : isRow(sent) ? sent : {}
  const html = textOf(given['html_body'])
  const body = html === undefined ? (textOf(given['body']) ?? textOf(given['value']) ?? '') : textOfHtml(html)
  const files = filesOf(store, given['uploads'])
  if (body.trim() === '' && files.length === 0) return undefined
  const author = given['author_id'] === undefined ? undefined : numberOf(given['author_id'])
  if (given['author_id'] !== undefined && (author === undefined || !store.users.has(author)))
    faults.add('comment', 'Comment author: is invalid', 'InvalidValue')
  return {
    body,
    public: typeof given['public'] === 'boolean' ? given['public'] : isPublic,
    files,
    ...(author === undefined ? {} : { author }),
    ...(html === undefined ? {} : { html }),
  }
}

/** Takes the uploads that a comment names: their tokens work once. */
export function spendUploads(store: Store, sent: unknown): void {
  const tokens = isRow(sent) ? tokensIn(sent['uploads']) : []
  for (const token of tokens) store.files.uploads.delete(token)
}

function filesOf(store: Store, uploads: unknown): File[] {
  // Assumed (fact 369): a token that isn't known, or is too old, is passed over.
  return tokensIn(uploads).flatMap((token) => createdAfterUpload(store, token))
}

function tokensIn(uploads: unknown): string[] {
  const list: unknown[] = Array.isArray(uploads) ? uploads : [uploads]
  return list.filter((token): token is string => typeof token === 'string')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }

/** The text of HTML: breaks and paragraphs become new lines. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<\/(?:p|div|li|h\d)>/gi, '\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#39|[a-z]+);/g, (whole, name: string) => NAMED[name] ?? whole)
    .trim()
}
