import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { Stream, StreamState } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'

type Is = (value: unknown) => boolean

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText: Is = (value) => typeof value === 'string'
const isNumber: Is = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0
/** Digits, a number, or an ISO date: `Date` makes a time of nearly any text. */
const isTime: Is = (value) =>
  epochOf(value) !== undefined &&
  (typeof value === 'number' ? value >= 0 : /^(\d+(\.\d+)?|\d{4}-\d\d-\d\d.*)$/.test(String(value)))
const isOf =
  (is: Is): Is =>
  (value) =>
    isObject(value) && Object.values(value).every(is)
const isListOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is)
const isOneOf =
  (...choices: readonly unknown[]): Is =>
  (value) =>
    choices.includes(value)
const isTimeOrNull: Is = (value) => value === null || isTime(value)
/** Ids, packed. */
const isPacked: Is = (value) => isObject(value) || isText(value)

/** Emitted rows, or times by id: many are packed into a text. */
const isTextOr =
  (is: Is): Is =>
  (value) =>
    isText(value) || is(value)
const isSeen: Is = isTextOr(isOf(isOf(isText)))

/** The members of a place in a walk. */
const PLACE: Readonly<Record<string, Is>> = { time: isTime, cursor: isText, seen: isSeen, settled: isTime }

/** The least that each member of a state must be. The engine checks what is inside. */
const MEMBERS: Readonly<Record<string, Is>> = {
  ...PLACE,
  since: isTime,
  parent: (value) =>
    fits(value, { ...PLACE, told: isTextOr(isOf(isTimeOrNull)), deleted: isTextOr(isOf(isListOf(isTime))) }),
  look_back: isListOf((one) => fits(one, { time: isTime, until: isTime, parents: isTextOr(isOf(isTimeOrNull)) })),
  ahead: isOf(isListOf(isNumber)),
  ids: isPacked,
  start_date: isTime,
  pull_by: isOneOf('created', 'updated'),
  support_type_scope: isText,
  full_refresh: (value) => fits(value, { done: isOneOf(true, false), sync_id: isNumber }),
  records: isOf(isText),
  rows: isObject,
  parents: isOf(Array.isArray),
  empty: isOf(isText),
  coming: isPacked,
  files_again: isListOf(isObject),
  list: (value) =>
    fits(value, {
      ...PLACE,
      searched: isTime,
      archived: isTime,
      closed_at: isTime,
      gone: (place) => fits(place, PLACE),
      again: isOf(Array.isArray),
      ahead: isOf(isListOf(isNumber)),
      deleted: isOf(isTime),
      known: isObject,
    }),
  version: isNumber,
  loading: isOneOf(true, false),
}

/** Whether the known members of an object are valid. */
const fits = (value: unknown, members: Readonly<Record<string, Is>>): boolean =>
  isObject(value) && Object.entries(value).every(([name, one]) => !Object.hasOwn(members, name) || members[name]!(one))

/**
 * Checks every member of a stream's state. Throws a ConnectorError that names an invalid one. Warns of an unknown one: it may
 * be misspelled, and is ignored.
 */
export function checkShape(state: StreamState, { name: stream, cursorField }: Stream, log: Log): void {
  for (const [name, value] of Object.entries(state)) {
    const is = name === cursorField ? isTime : Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined
    if (is === undefined)
      log('warn', `The state of stream "${stream}" has an unknown member "${name}", which is ignored.`)
    else if (!is(value))
      throw new ConnectorError(
        `The state of stream "${stream}" cannot be understood: "${name}" is ${shown(value)}. ` +
          'Use the last state that this connector wrote, or take the stream out of the state to read it from the start date.',
        'config_error',
      )
  }
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 200)
