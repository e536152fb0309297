import type { Store } from '../account/store.ts'

/** Declares the account's brands and writes them: the default one, another, and one that was deleted. */
export function generateBrands(store: Store, created: string): void {
  const brands = store.table('brands', { path: ({ id }) => `/brands/${id}` })
  const names: readonly [name: string, more: object][] = [
    ['Northwind', { id: store.brand, default: true, has_help_center: true, help_center_state: 'enabled' }],
    ['Nørthwind Größe 🧭', {}],
    ['Old brand', { active: false, is_deleted: true }],
  ]
  for (const [nth, [name, more]] of names.entries()) {
    const subdomain = `northwind${nth === 0 ? '' : nth}`
    brands.add({
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
      ticket_form_ids: [...store.forms.keys()],
      signature_template: '{{agent.signature}}',
      created_at: created,
      ...more,
    })
  }
}
