import { FAULT_KINDS, type Fault, type FaultKind, type Faults } from './schedule.ts'

/** Faults as JSON says them: a `path` is the source of an expression over path and query. */
export type FaultOrder = {
  readonly next?: readonly (Omit<Fault, 'path'> & { readonly path?: string })[]
  /** The next connections, this many, are cut as soon as they are made. */
  readonly drop?: number
  /** Nothing listens for this number of seconds. */
  readonly refuse?: number
  readonly random?: {
    readonly rate: number
    readonly kinds: readonly (FaultKind | Omit<Fault, 'path'>)[]
    readonly seed?: number
    readonly path?: string
  }
  /** Forgets those of before. */
  readonly clear?: boolean
}

type FaultValue = Readonly<Record<string, unknown>>

// The allowed values of each field of a fault.
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  path: isExpression,
  method: (value) => typeof value === 'string' && /^[a-z]+$/i.test(value),
  after: isCount,
  times: (value) => isCount(value) && value !== 0,
  rate: isShare,
  seed: (value) => Number.isInteger(value),
  kind: isKind,
  status: (value) => Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599,
  retryAfter: isTime,
  body: (value) => typeof value === 'string',
  include: (value) => typeof value === 'string' && /^\w+(,\w+)*$/.test(value),
  seconds: isTime,
  delay: isTime,
  bytesPerSecond: (value) => typeof value === 'number' && value > 0,
  by: (value) => Number.isInteger(value) && value !== 0,
}

/** Understands faults from outside: an order, or a list of those to come next. Throws an Error that says what is wrong. */
export function readFaultOrder(value: unknown): FaultOrder {
  if (Array.isArray(value)) return readFaultOrder({ next: value })
  const { next = [], random, drop = 0, refuse = 0, clear, ...others } = record(value, 'The faults')
  refuseOthers(others, 'The faults')
  if (!Array.isArray(next)) throw new Error('The faults in "next" must be a list.')
  for (const [at, fault] of next.entries()) check(record(fault, `Fault ${at + 1}`), `Fault ${at + 1}`)
  if (random !== undefined) checkRandom(record(random, 'The faults at random'))
  if (!isCount(drop)) throw new Error(`"drop" must be a number of connections, not ${JSON.stringify(drop)}.`)
  if (!isTime(refuse)) throw new Error(`"refuse" must be a number of seconds, not ${JSON.stringify(refuse)}.`)
  if (clear !== undefined && typeof clear !== 'boolean') throw new Error('"clear" must be true or false.')
  return value as FaultOrder
}

/** Sets faults that were understood. */
export function orderFaults(faults: Faults, { next = [], random, drop, refuse, clear }: FaultOrder): void {
  if (clear === true) faults.clear()
  faults.next(...next.map(({ path = '', ...fault }): Fault => ({ ...fault, path: new RegExp(path) })))
  if (random !== undefined) faults.random({ ...random, path: new RegExp(random.path ?? '') })
  if (drop !== undefined) faults.drop(drop)
  if (refuse !== undefined) faults.refuse(refuse)
}

function check(fault: FaultValue, what: string): void {
  if (!('kind' in fault)) throw new Error(`${what} has no kind; there are ${FAULT_KINDS.join(', ')}.`)
  for (const [name, value] of Object.entries(fault)) {
    const fits = FIELDS[name]
    if (fits === undefined) throw new Error(`${what} has "${name}"; there are ${Object.keys(FIELDS).join(', ')}.`)
    if (name === 'kind' && !fits(value))
      throw new Error(`${what} is of the kind ${JSON.stringify(value)}; there are ${FAULT_KINDS.join(', ')}.`)
    if (!fits(value)) throw new Error(`${what}: "${name}" cannot be ${JSON.stringify(value)}.`)
  }
}

function checkRandom({ rate, kinds, seed = 1, path = '', ...others }: FaultValue): void {
  refuseOthers(others, 'The faults at random')
  if (!isShare(rate)) throw new Error(`The faults at random need a "rate" from 0 to 1, not ${JSON.stringify(rate)}.`)
  if (!Array.isArray(kinds) || kinds.length === 0 || !kinds.every((one) => isKind(one) || typeof one === 'object'))
    throw new Error(`The faults at random need "kinds" out of ${FAULT_KINDS.join(', ')}.`)
  for (const kind of kinds.filter((one) => !isKind(one))) check(record(kind, 'A fault at random'), 'A fault at random')
  if (!Number.isInteger(seed)) throw new Error(`The faults at random: "seed" cannot be ${JSON.stringify(seed)}.`)
  if (!isExpression(path)) throw new Error(`The faults at random: "path" cannot be ${JSON.stringify(path)}.`)
}

function record(value: unknown, what: string): FaultValue {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as FaultValue
  throw new Error(`${what}: an object is expected, not ${JSON.stringify(value)}.`)
}

function refuseOthers(others: FaultValue, what: string): void {
  const [name] = Object.keys(others)
  if (name !== undefined) throw new Error(`${what}: "${name}" means nothing.`)
}

function isKind(value: unknown): boolean {
  return FAULT_KINDS.some((kind) => kind === value)
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0
}

function isExpression(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    new RegExp(value)
    return true
  } catch {
    return false
  }
}
