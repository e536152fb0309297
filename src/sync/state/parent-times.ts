// Times of parents by id, as a state holds them: those that were deleted, and those that were restored.
import type { ParentDeletion } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { asIs, type Codec, mapOf, number, orNull, recordOf, text, tuple } from './codec.ts'
import { MOST_PLAIN, once, packById, unpackById } from './packed.ts'

/** A time in epoch seconds. */
export const epoch = asIs<number>((json) => typeof json === 'number' && epochOf(json) !== undefined)

/** Times by id: as they are or, where there are many, packed, as each page's state has them. */
const packedIfMany = <M extends ReadonlyMap<number, unknown>>(plain: Codec<M>): Codec<M> => ({
  from: (json) => plain.from(typeof json === 'string' ? unpackById(json) : json),
  to: (all) => {
    if (all.size <= MOST_PLAIN) return plain.to(all)
    return once(all, () => packById(plain.to(all) as Parameters<typeof packById>[0]))
  },
})

const plainDeletions: Codec<ReadonlyMap<number, ParentDeletion>> = {
  from: (json) =>
    new Map(
      [...mapOf(Number, tuple<[number, number]>(epoch, epoch)).from(json)].map(([id, [deletedAt, createdAt]]) => [
        id,
        { id, deletedAt: isoOf(deletedAt), createdAt },
      ]),
    ),
  to: (all) =>
    Object.fromEntries(
      [...all.values()].map(({ id, deletedAt, createdAt }) => [id, [epochOf(deletedAt) ?? createdAt, createdAt]]),
    ),
}

/** When each was deleted, and when it was created. */
export const deletions = packedIfMany(plainDeletions)

/** When each was deleted (epoch seconds), or null if it was restored since. */
export const timesOrNull = packedIfMany(mapOf(Number, orNull(number)))

/** The same in ISO 8601. */
export const restoredOrDeleted: Codec<Readonly<Record<string, string | null>>> = {
  from: (json) =>
    typeof json === 'string'
      ? Object.fromEntries([...timesOrNull.from(json)].map(([id, time]) => [id, time === null ? null : isoOf(time)]))
      : recordOf(orNull(text)).from(json),
  to: (all) => {
    const entries = Object.entries(all)
    const times = new Map(entries.map(([id, time]) => [Number(id), epochOf(time) ?? null]))
    const isExact = entries.every(([id, time]) => time === null || time === isoOf(times.get(Number(id)) ?? 0))
    return isExact && entries.length > MOST_PLAIN ? timesOrNull.to(times) : all
  },
}
