import type { Family } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import type { Served } from '../served.ts'
import { exportOf } from '../talk/exports.ts'
import { chatListRoutes } from './lists.ts'

/** Zendesk Chat, under `/chat`: its settings, and the export of its chats, in the form of Talk's. */
export function chatRoutes(served: Served): readonly Family[] {
  const chats = exportOf(served, { name: 'chats', table: 'chats', base: 'chat/incremental' })
  return [
    {
      who: 'agent',
      feature: 'chat',
      base: '/api/v2/chat',
      routes: {
        ...chatListRoutes(served),
        'GET /incremental/chats': ({ asked }: { asked: Asked }) => chats(asked),
      },
    },
  ]
}
