import type { Model } from '../model.ts'
import { SYNCED, same } from './columns.ts'

const LOGO = 'id url file_name content_type content_url mapped_content_url size width height inline deleted'
const NUMBERS = new Set(['id', 'size', 'width', 'height'])
const FLAGS = new Set(['inline', 'deleted'])

export const brand: Model = {
  name: 'brand',
  about: 'Brands; those that were deleted are marked.',
  from: ['brands'],
  query({ present, member, types }) {
    const logo = LOGO.split(' ').map((name) => {
      const text = member('t.logo', name)
      if (NUMBERS.has(name)) return `cast(${text} as ${types.integer}) as logo_${name}`
      return `${FLAGS.has(name) ? `cast(${text} as ${types.boolean})` : text} as logo_${name}`
    })
    return `select ${same('id name subdomain brand_url active url has_help_center help_center_state')},
      t."default", ${logo.join(', ')},
      coalesce(t.is_deleted, false) or t._deleted_at is not null as _fivetran_deleted, ${SYNCED}
      from ${present('brands')} as t`
  },
}
