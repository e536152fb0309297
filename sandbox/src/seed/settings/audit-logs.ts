import { auditLogs, logAudit } from '../../account/audit-log.ts'
import { staffOf } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import type { Random } from '../../random.ts'

const YEAR = 365 * 86_400

/** Writes the audit log of the last year: sign-ins, exports, changed rules and people, purged attachments. */
export function generateAuditLogs(store: Store, random: Random, latest: number): void {
  auditLogs(store)
  const staff = staffOf(store)
  const admins = staff.filter(({ role }) => role === 'admin')
  const rules = [...store.table('triggers').all(), ...store.table('automations').all()]
  const organizations = [...store.organizations.values()]
  const count = 130 + Math.min(400, Math.ceil(store.tickets.length / 50))
  const ip = () => `192.0.2.${random.between(1, 254)}`
  let at = latest - YEAR
  for (let nth = 0; nth < count; nth++) {
    // Some lines share a second.
    if (!random.chance(0.05)) at += random.between(1, Math.floor((1.9 * YEAR) / count))
    if (at > latest) return
    const user = random.pick(staff)
    const actor = random.pick(admins).id
    const kind = random.next()
    if (kind < 0.5) {
      const person = { sourceType: 'user', sourceId: user.id, sourceLabel: `Team member: ${user.name}` }
      const change = 'Successful sign-in using Zendesk password'
      logAudit(store, { actor: user.id, action: 'login', ...person, change, ip: ip(), at })
    } else if (kind < 0.7) {
      const rule = random.pick(rules)
      const source = { sourceType: 'rule', sourceId: rule.id, sourceLabel: `Trigger: ${rule['title']}` }
      logAudit(store, { actor, action: 'update', ...source, change: 'Position changed from 3 to 1', ip: ip(), at })
    } else if (kind < 0.8) {
      const person = { sourceType: 'user', sourceId: user.id, sourceLabel: `Team member: ${user.name}` }
      const change = 'Role changed from End user to Agent\nDefault group changed from null to "Support"'
      logAudit(store, { actor, action: 'update', ...person, change, ip: ip(), at })
    } else if (kind < 0.9) {
      const source = { sourceType: 'attachment', sourceId: store.nextId(), sourceLabel: 'Attachment' }
      logAudit(store, { actor: -1, action: 'destroy', ...source, at })
    } else if (kind < 0.95) {
      const { id, name } = random.pick(organizations)
      const source = { sourceType: 'organization', sourceId: id, sourceLabel: `Organization: ${name}` }
      logAudit(store, { actor, action: 'create', ...source, ip: ip(), at })
    } else {
      const source = { sourceType: 'ticket', sourceId: actor, sourceLabel: 'Tickets' }
      logAudit(store, { actor, action: 'exported', ...source, change: 'CSV 📄 export', ip: ip(), at })
    }
  }
}
