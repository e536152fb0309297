import type { Entry } from '../../account/table.ts'
import { type HelpCenterWriting, secondsOf } from './people.ts'

const FILES: readonly (readonly [name: string, type: string, size: number])[] = [
  ['drawing.png', 'image/png', 58_298],
  ['robot (1).webp', 'image/webp', 109_284],
  ['截屏2023-11-28 01.26.18.png', 'image/png', 31_007],
  ['manual “v2” <final>.pdf', 'application/pdf', 204_800],
  ['data.csv', 'text/csv', 0],
  ['Übersicht & Preise.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 18_231],
]

/** Attaches files to some articles: images inline, the rest as blocks. */
export function generateArticleFiles({ store, random, latest, between }: HelpCenterWriting, article: Entry): void {
  const files = random.chance(0.3) ? random.some(FILES, random.between(1, 3)) : []
  for (const [name, type, size] of files)
    store.table('article_attachments').add({
      article_id: article.id,
      display_file_name: name,
      file_name: name,
      locale: random.chance(0.7) ? article['locale'] : null,
      content_type: type,
      size,
      inline: type.startsWith('image/'),
      created_at: between(secondsOf(article['created_at']), latest),
    })
}
