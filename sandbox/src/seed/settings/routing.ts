import { staffOf } from '../../account/people/lookup.ts'
import { routingEvent, routingTables, setInstanceValues } from '../../account/routing.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

/** Writes skills, who of the staff has them, and which of the tickets ask for them. */
export function generateRouting(store: Store, random: Random, created: number): void {
  const { attributes, values } = routingTables(store)
  const skills: readonly [name: string, values: readonly string[]][] = [
    ['Language', ['Danish', 'Français', '日本語', 'العربية']],
    ['Product 📦', ['Hardware & <parts>', 'Software']],
    ['Empty', []],
  ]
  let at = created
  const all: string[] = []
  for (const [name, names] of skills) {
    at += 3600
    const time = isoTime(at)
    const attribute = attributes.add({ name, created_at: time })
    routingEvent(store, 'attributes', { id: attribute.id, name, time, type: 'create' })
    for (const value of names) {
      const { id } = values.add({ attribute_id: attribute.id, name: value, created_at: time })
      routingEvent(store, 'attribute_values', { attribute_id: attribute.id, id, name: value, time, type: 'create' })
      all.push(String(id))
    }
  }
  const staff = staffOf(store)
  for (const { id } of staff)
    setInstanceValues(store, {
      kind: 'agent',
      instance: id,
      values: random.some(all, random.between(1, 2)),
      time: isoTime(++at),
    })
  for (const { id } of store.tickets
    .filter(({ deleted }) => deleted === 0)
    .filter(({ id }, nth, all) => id <= 3 || nth >= all.length - 5))
    setInstanceValues(store, { kind: 'ticket', instance: id, values: random.some(all, 1), time: isoTime(++at) })
}
