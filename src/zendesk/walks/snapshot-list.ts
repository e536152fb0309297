import type { Position, RecordData, Walk } from '../../model/stream.ts'
import { answeredAt } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { LOOKBACK } from './changed-list.ts'
import { emittedSince, fingerprintsIn, idOf, isEmittedAs } from './emitted-rows.ts'
import { cursorList, type List } from './list.ts'

/**
 * A list that is read whole in each sync, in any order: `newSince` picks the rows that changed since the last pass. A pass
 * that was cut off resumes at its cursor; the position's time moves on only at the end of a pass.
 */
export function wholeList({ timeField, ...list }: List & { readonly timeField: string }): Walk {
  const walk = cursorList(list)
  const timeOf = (row: RecordData): number | undefined => epochOf(row[timeField])
  const whole: Walk = {
    ...walk,
    timeOf,
    request: ({ cursor }) => (cursor === undefined ? {} : { 'page[after]': placeIn(cursor).after }),
    newSince({ time, seen }) {
      const known = fingerprintsIn(seen)
      return (row) => {
        const changed = timeOf(row)
        return changed === undefined || (changed > time && !isEmittedAs(row, known.get(idOf(row))))
      }
    },
    advance(page, position) {
      const { cursor, ...begun } = position
      const pass = cursor === undefined ? { began: answeredAt(page), newest: 0, after: undefined } : placeIn(cursor)
      const place = pass.after === undefined ? begun : { ...begun, cursor: pass.after }
      const { rows, last, position: next } = walk.advance(page, place)
      const newest = rows.reduce((time, row) => Math.max(time, timeOf(row) ?? 0), pass.newest)
      // Rows that change during a pass may be missed by it.
      const done = Math.max(position.time, Math.min(newest, pass.began - LOOKBACK))
      const young = rows.filter((row) => (timeOf(row) ?? 0) > pass.began - LOOKBACK)
      const seen = emittedSince(
        last ? done + 1 : 0,
        position,
        young.map((row) => [row, timeOf(row) ?? 0] as const),
      )
      return {
        rows,
        last,
        position: last
          ? placeAt(done, seen)
          : { ...placeAt(position.time, seen), cursor: `${pass.began} ${newest} ${next.cursor}` },
      }
    },
  }
  return { ...whole, fromStart: { ...whole, rewind: ({ cursor: _, ...place }) => place } }
}

const placeAt = (time: number, seen: NonNullable<Position['seen']>): Position => ({
  time,
  ...(Object.keys(seen).length > 0 && { seen }),
})

/** The parts of a position's cursor: when the pass began, its newest time so far (epoch seconds), and Zendesk's cursor. */
function placeIn(cursor: string): { readonly began: number; readonly newest: number; readonly after: string } {
  const [began = '0', newest = '0', after = ''] = cursor.split(' ')
  return { began: Number(began), newest: Number(newest), after }
}
