import { bytesOf } from '../../account/files/bytes.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid, recordNotFound } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { fileIn } from '../../http/multipart.ts'
import { created, noContent, type Reply, reply } from '../../http/reply.ts'
import { found } from '../parameters.ts'
import type { Served } from '../served.ts'
import { articleKind, smallKind } from './kinds.ts'
import { entryIn, helpCenterPaths, listed, withFeature } from './records.ts'

const LARGEST = 20 * 1024 * 1024
const WIDTH = 320

/** Files of articles, and where they are downloaded. */
export function helpCenterAttachmentRoutes(served: Served): readonly Family[] {
  const { store } = served
  const articles = articleKind(store)
  const files = store.table('article_attachments')
  const kind = smallKind('article_attachments', 'article_attachment', 'article_attachments')
  const article = (call: Call): Entry => {
    const entry = entryIn(store.table('articles'), call, 'article_id')
    return found(articles.sees?.(entry, call) === false ? undefined : entry)
  }
  const list = (fits: (file: Entry) => boolean) => (call: Call) =>
    listed(served, kind, childrenOf(store, 'article_attachments', 'article_id', article(call).id).filter(fits), call)

  const read: Routes = {
    'GET /articles/:article_id/attachments': list(() => true),
    'GET /articles/:article_id/attachments/inline': list(({ inline }) => inline === true),
    'GET /articles/:article_id/attachments/block': list(({ inline }) => inline !== true),
    'GET /articles/:article_id/attachments/:id': (call) => {
      const file = entryIn(files, call)
      return { article_attachment: files.row(found(file['article_id'] === article(call).id ? file : undefined)) }
    },
    'GET /articles/attachments/:id': (call) => ({ article_attachment: files.row(entryIn(files, call)) }),
  }
  const write: Routes = {
    'POST /articles/:article_id/attachments': (call) => upload(served, call, article(call)),
    // Belongs to no article until `bulk_attachments` gives it one.
    'POST /articles/attachments': (call) => upload(served, call, undefined),
    'DELETE /articles/attachments/:id': (call) => {
      files.remove(entryIn(files, call).id)
      return noContent()
    },
  }
  const download = (call: Call): Reply => {
    if (!served.plan.features['help_center']) throw recordNotFound()
    const file = entryIn(files, call)
    const type = String(file['content_type'])
    const name = encodeURIComponent(String(file['file_name']).toWellFormed())
    const bytes =
      file['bytes'] instanceof Uint8Array
        ? file['bytes']
        : bytesOf(Number(file.id), {
            name: String(file['file_name']),
            type,
            size: Number(file['size']),
            width: type === 'image/png' ? WIDTH : null,
          })
    return reply(200, bytes, { 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${name}` })
  }
  const guarded = (routes: Routes) => helpCenterPaths(withFeature(served, 'help_center', routes))
  return [
    { who: 'anyone', scope: 'hc', routes: guarded(read) },
    { who: 'agent', scope: 'hc', routes: guarded(write) },
    {
      who: 'anyone',
      base: '/hc',
      routes: { 'GET /article_attachments/:id': download, 'GET /article_attachments/:id/:name': download },
    },
  ]
}

async function upload({ store }: Served, call: Call, article: Entry | undefined): Promise<Reply> {
  const file = await fileIn(call.bytes, call.header('content-type'), call.asked.query)
  // Assumed (fact 330): the words of these refusals.
  if (file === undefined) throw recordInvalid({ file: [{ description: 'File: cannot be blank', error: 'BlankValue' }] })
  if (file.bytes.length > LARGEST)
    throw recordInvalid({ file: [{ description: 'File: is too large', error: 'InvalidValue' }] })
  const files = store.table('article_attachments')
  const entry = files.add({
    article_id: article?.id ?? null,
    display_file_name: file.name,
    file_name: file.name,
    locale: file.fields['locale'] ?? null,
    content_type: file.type,
    size: file.bytes.length,
    inline: file.fields['inline'] === 'true' || file.fields['inline'] === 'True',
    bytes: file.bytes,
  })
  const row: Row = files.row(entry)
  return created({ article_attachment: row }, row['url'])
}
