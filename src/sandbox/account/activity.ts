import { fieldValue } from '../generate/fields.ts'
import { personName } from '../generate/names.ts'
import { createTexts } from '../generate/texts.ts'
import { createRandom } from '../random.ts'
import { pickKind } from './activity-mix.ts'
import type { PeopleMutations } from './change-people.ts'
import type { SettingsMutations } from './change-settings.ts'
import type { TicketMutations } from './change-tickets.ts'
import type { Ticket } from './model.ts'
import { type Store, ticketOf } from './store.ts'

/** What random activity did: how often each mutation, by name. */
export type Activity = Readonly<Record<string, number>>

/** Does so many lifelike changes, the same for the same seed and account; gives what it did. */
export function changeAtRandom(
  store: Store,
  account: TicketMutations & PeopleMutations & SettingsMutations,
  count: number,
  seed: number,
): Activity {
  const random = createRandom(seed, 'activity')
  const texts = createTexts(createRandom(1, 'activity texts'))
  const done: Record<string, number> = {}
  const key = <T extends { id: number }>(items: ReadonlyMap<number, T>, fits: (item: T) => boolean = () => true) => {
    const fitting = [...items.values()].filter(fits)
    return fitting.length === 0 ? undefined : random.pick(fitting).id
  }
  const ticket = (fits: (one: Ticket) => boolean) => {
    for (let tries = 0; tries < 200; tries++) {
      const one = ticketOf(store, random.between(1, store.tickets.length))
      if (one !== undefined && fits(one)) return one
    }
    return undefined
  }
  const isOpen = (one: Ticket) => one.closed === 0 && one.deleted === 0
  const custom = () =>
    [...store.fields.values()]
      .filter((field) => field.removable && random.chance(0.2))
      .map((field) => ({ id: field.id, value: fieldValue(random, field, store.users.keys().next().value ?? -1) }))
  const change = () => ({
    status: random.pick(['open', 'pending', 'hold', 'solved', 'open']),
    priority: random.pick(['low', 'normal', 'high', 'urgent', null]),
    tags: random.some(['billing', 'refund', 'bug', 'größe', `t${random.between(1, 99)}`], 2),
    custom_fields: custom(),
  })
  const comment = () => (random.chance(0.5) ? { body: texts.reply() } : { body: texts.note(), public: false })
  const end = (user: { role: string; deleted: boolean }) => user.role === 'end-user' && !user.deleted
  // The address that the sandbox's own end-user credentials belong to stays.
  const spared = (user: { role: string; deleted: boolean; email: string | null }) =>
    end(user) && (user.email?.startsWith('user') ?? false)
  const on = <T>(target: T | undefined, act: (target: T) => void): boolean => {
    if (target === undefined) return false
    act(target)
    return true
  }

  const act = (kind: string): boolean => {
    switch (kind) {
      case 'createTicket': {
        const requester = key(store.users, end)
        const by = requester === undefined ? {} : { requester_id: requester }
        account.createTicket({
          ...by,
          subject: texts.subject(),
          comment: texts.body(),
          tags: ['new_one'],
          custom_fields: custom(),
        })
        return true
      }
      case 'updateTicket':
        return on(ticket(isOpen), (one) =>
          account.updateTicket(one.id, change(), random.chance(0.4) ? comment() : undefined),
        )
      case 'addComment':
        return on(ticket(isOpen), (one) => account.addComment(one.id, comment()))
      case 'systemUpdate':
        return on(
          ticket((one) => one.deleted === 0),
          (one) => account.systemUpdate(one.id),
        )
      case 'deleteTicket':
        return on(
          ticket((one) => one.deleted === 0),
          (one) => account.deleteTicket(one.id),
        )
      case 'restoreTicket':
        return on(
          ticket((one) => one.deleted > 0 && !one.scrubbed),
          (one) => account.restoreTicket(one.id),
        )
      case 'permanentlyDeleteTicket':
        return on(
          ticket((one) => !one.scrubbed),
          (one) => account.permanentlyDeleteTicket(one.id),
        )
      case 'mergeTickets': {
        const [source, target] = [ticket(isOpen), ticket(isOpen)]
        if (source === undefined || target === undefined || source === target) return false
        account.mergeTickets([source.id], target.id)
        return true
      }
      case 'closeTicket':
        return on(ticket(isOpen), (one) => account.updateTicket(one.id, { status: 'closed' }))
      case 'createUser':
        account.createUser({
          name: personName(random),
          organization: key(store.organizations, (one) => one.deleted === 0) ?? null,
        })
        return true
      case 'updateUser':
        return on(key(store.users, end), (id) =>
          account.updateUser(id, { name: personName(random), tags: ['renamed'] }),
        )
      case 'deleteUser':
        return on(key(store.users, spared), account.deleteUser)
      case 'permanentlyDeleteUser':
        return on(
          key(store.users, (user) => user.deleted && !user.permanentlyDeleted) ?? key(store.users, spared),
          account.permanentlyDeleteUser,
        )
      case 'createOrganization':
        account.createOrganization({ tags: ['fresh'] })
        return true
      case 'updateOrganization':
        return on(
          key(store.organizations, (one) => one.deleted === 0),
          (id) => account.updateOrganization(id, { notes: texts.note() }),
        )
      case 'deleteOrganization':
        return on(
          key(store.organizations, (one) => one.deleted === 0),
          account.deleteOrganization,
        )
      case 'createGroup':
        account.createGroup()
        return true
      case 'updateGroup':
        return on(
          key(store.groups, (one) => !one.deleted),
          (id) => account.updateGroup(id, { description: texts.note() }),
        )
      case 'deleteGroup':
        return on(
          key(store.groups, (one) => !one.deleted && !one.default),
          account.deleteGroup,
        )
      case 'createTicketField':
        account.createTicketField({ type: random.pick(['text', 'checkbox', 'tagger']) })
        return true
      case 'updateTicketField':
        return on(key(store.fields), (id) => account.updateTicketField(id, { description: texts.note() }))
      case 'deleteTicketField':
        return on(
          key(store.fields, (one) => one.removable),
          account.deleteTicketField,
        )
      case 'createTicketForm':
        account.createTicketForm()
        return true
      case 'updateTicketForm':
        return on(key(store.forms), (id) => account.updateTicketForm(id, { name: texts.subject() }))
      default:
        return on(
          key(store.forms, (form) => !form.default),
          account.deleteTicketForm,
        )
    }
  }

  for (let left = count; left > 0; left--) {
    const kind = pickKind(random)
    if (act(kind)) done[kind] = (done[kind] ?? 0) + 1
  }
  return done
}
