import { only } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family } from '../../http/family.ts'
import { roleConfiguration } from '../../seed/people/custom-roles.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

/** Custom roles, which come all at once in the envelope of a list. */
export function customRoleRoutes(served: Served): readonly Family[] {
  const { store } = served
  const checked = (sent: Row): Row => {
    const { name } = sent
    if ('name' in sent && (typeof name !== 'string' || name.trim() === '')) throw blank()
    return only(sent, ['name', 'description'])
  }
  const routes = resourceRoutes(served, {
    path: '/custom_roles',
    one: 'custom_role',
    many: 'custom_roles',
    table: 'custom_roles',
    operations: ['list', 'show', 'create', 'update', 'delete'],
    paging: 'whole',
    creates: 200,
    audit: { type: 'custom_role', label: ({ name }) => `Role: ${name}` },
    create: (sent) => {
      if (!('name' in sent)) throw blank()
      const configuration = roleConfiguration((sent['configuration'] as Row | undefined) ?? {})
      return { description: null, role_type: 0, ...checked(sent), configuration }
    },
    update: (sent, { configuration }) => {
      const changes = (sent['configuration'] as Row | undefined) ?? {}
      const known = Object.entries(changes).filter(([key]) => key in (configuration as Row))
      return { ...checked(sent), configuration: { ...(configuration as Row), ...Object.fromEntries(known) } }
    },
    remove: ({ id, role_type }) => {
      const base = (description: string) => recordInvalid({ base: [{ description, error: 'InvalidValue' }] })
      if (role_type !== 0) throw base('System roles cannot be deleted')
      if ([...store.users.values()].some((user) => user.customRole === id && !user.deleted))
        throw base('The role still has team members')
      store.table('custom_roles').remove(id)
      return undefined
    },
  })
  return [{ who: 'agent', writers: 'admin', feature: 'custom_roles', routes }]
}

function blank() {
  return recordInvalid({ name: [{ description: 'Name: cannot be blank', error: 'BlankValue' }] })
}
