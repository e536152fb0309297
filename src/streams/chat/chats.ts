import type { Chat } from '../../generated/chats.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineStream } from '../define.ts'

/**
 * Chat's own export, by the time of the last change, in the form of Talk's: it tells no end of the stream (fact 279).
 * https://developer.zendesk.com/api-reference/live-chat/chat-api/incremental_export/
 */
export const chats = defineStream<Chat>()({
  name: 'chats',
  needs: 'Zendesk Chat',
  cursorField: 'update_timestamp',
  cursorFormat: 'iso',
  adminOnly: false,
  walk: timeExport({
    name: 'chat_export',
    path: 'chat/incremental/chats',
    key: 'chats',
    bucket: 'chat',
    sizedBy: 'limit',
    timeField: 'update_timestamp',
    query: { fields: 'chats(*)' },
    lag: 60,
  }),
  reads: { deleted: true, update_timestamp: true },
  deletedAt: ({ deleted, update_timestamp }) => (deleted === true ? update_timestamp : undefined),
})
