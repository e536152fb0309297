import { attachmentOfId, fileOfId } from '../../account/files/find.ts'
import { parameterMissing } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { attachmentRow } from '../../rows/attachment.ts'
import { isRow } from '../input/values.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'

/** Attachments. Their bytes are at their `content_url` (`storage.ts`). */
export function attachmentRoutes({ store }: Served): readonly Family[] {
  const routes: Routes = {
    'GET /attachments/:id': ({ params }) => {
      const id = idOf(params['id'], 'api/v2/attachments/show')
      return { attachment: attachmentRow(store, id, found(fileOfId(store, id)).file) }
    },
    'PUT /attachments/:id': ({ params, body }) => {
      const id = idOf(params['id'], 'api/v2/attachments/update')
      const { file } = found(attachmentOfId(store, id))
      const sent = body['attachment']
      if (!isRow(sent) || typeof sent['malware_access_override'] !== 'boolean') throw parameterMissing('attachment')
      const result = store.files.scans.get(id)?.result ?? 'malware_not_found'
      store.files.scans.set(id, { result, override: sent['malware_access_override'] })
      return { attachment: attachmentRow(store, id, file) }
    },
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}
