import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'

/** Declares the account's brands and writes them: the default one, another, and one that was deleted. */
export function generateBrands(store: Store, created: string): void {
  const brands = store.table('brands', {
    path: ({ id }) => `/brands/${id}`,
    // Forms name their brands, not the other way round.
    row: (entry) => ({ ...entry, ticket_form_ids: formsOf(store, Number(entry.id)) }),
  })
  const names: readonly [name: string, more: Row][] = [
    ['Northwind', { id: store.brand, default: true, has_help_center: true, help_center_state: 'enabled' }],
    [
      'Nørthwind Größe 🧭',
      { host_mapping: 'help.northwind.example', brand_url: 'https://help.northwind.example', logo: true },
    ],
    ['Old brand', { active: false, is_deleted: true }],
  ]
  for (const [nth, [name, more]] of names.entries()) {
    const subdomain = `northwind${nth === 0 ? '' : nth}`
    const logo = more['logo'] === true ? logoOf(store) : null
    brands.add({ ...newBrand(name, subdomain), created_at: created, ...more, logo })
  }
}

/** A brand as it is right after its creation. */
export function newBrand(name: string, subdomain: string): Row {
  return {
    name,
    brand_url: `https://${subdomain}.zendesk.com`,
    subdomain,
    host_mapping: null,
    has_help_center: false,
    help_center_state: 'disabled',
    active: true,
    default: false,
    is_deleted: false,
    logo: null,
    ticket_form_ids: [],
    signature_template: '{{agent.signature}}',
  }
}

function formsOf(store: Store, brand: number): number[] {
  const forms = [...store.forms.values()].filter(({ brands }) => brands.length === 0 || brands.includes(brand))
  return forms.map(({ id }) => id)
}

function logoOf(store: Store): Row {
  const id = store.nextId()
  const file = (suffix: string, size: number, side: number): Row => {
    const own = suffix === '' ? id : store.nextId()
    const content_url = `${store.base}/system/brands/${id}/logo-größe${suffix}.png`
    return {
      url: `${store.base}/api/v2/attachments/${own}.json`,
      id: own,
      file_name: `logo-größe${suffix}.png`,
      content_url,
      mapped_content_url: content_url,
      content_type: 'image/png',
      size,
      width: side,
      height: side,
      inline: false,
      deleted: false,
    }
  }
  return { ...file('', 8624, 80), thumbnails: [file('_thumb', 2029, 32), file('_small', 1271, 24)] }
}
