// How a fleet fares by simulation: a day of accounts that are due every hour, on so many slots. Prints Markdown:
// `npm run bench:fleet`. Nothing is run: how long runs take, and how often they fail, is stated here.

/** Seconds that a run takes, and for how many accounts: quiet ones, busy ones, and those that wait for limits. */
const RUNS = [
  { share: 0.94, seconds: 10 },
  { share: 0.05, seconds: 600 },
  { share: 0.01, seconds: 2400 },
] as const
const HOUR = 3600
const HOURS = 24
/** Seconds in which an engine starts one run, one after the other: Airflow's scheduler starts four a second. */
const START = 0.25
/** Runs that fail half way and are tried again after 30 s: a worker lost, Zendesk away. They go on from where they were. */
const FAILING = 0.01

interface Task {
  readonly at: number
  readonly account: number
  readonly plannedAt: number
  readonly left: number
}

/** Numbers from 0 to 1 that look random, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Gives back what is due first: a list for each second. */
function createQueue<One extends { readonly at: number }>(some: readonly One[]) {
  const bySecond = new Map<number, One[]>()
  let second = 0
  const push = (one: One): void => {
    const key = Math.max(second, Math.floor(one.at))
    const list = bySecond.get(key)
    if (list) list.push(one)
    else bySecond.set(key, [one])
  }
  for (const one of some) push(one)
  return {
    push,
    shift(): One {
      while (!bySecond.get(second)?.length) bySecond.delete(second++)
      return bySecond.get(second)!.shift()!
    },
  }
}

/** The share of slots that work, and after how many seconds the data of a run that was due was there, in order. */
function simulate(accounts: number, slots: number): { readonly busy: number; readonly ages: readonly number[] } {
  const next = random(accounts + slots)
  const seconds = Array.from({ length: accounts }, (_, nth) => secondsAt((nth + 0.5) / accounts))
  const tasks = createQueue<Task>(
    seconds.map((left, account) => {
      const at = next() * HOUR
      return { at, account, plannedAt: at, left }
    }),
  )
  const free = createQueue(Array.from({ length: slots }, () => ({ at: 0 })))
  const ages: number[] = []
  let [worked, started] = [0, 0]
  for (let task = tasks.shift(); task.at < HOURS * HOUR; task = tasks.shift()) {
    const began = Math.max(task.at, free.shift().at, started)
    started = began + START
    const fails = next() < FAILING
    const end = started + (fails ? task.left / 2 : task.left)
    worked += Math.min(end, HOURS * HOUR) - Math.min(began, HOURS * HOUR)
    free.push({ at: end })
    if (fails) tasks.push({ ...task, at: end + 30, left: task.left / 2 })
    else {
      ages.push(end - task.plannedAt)
      // An engine has one run of an account at a time, and runs once what was missed.
      const plannedAt = Math.max(task.plannedAt + HOUR, end)
      tasks.push({ ...task, at: plannedAt, plannedAt, left: seconds[task.account]! })
    }
  }
  return { busy: worked / (slots * HOURS * HOUR), ages: ages.sort((a, b) => a - b) }
}

function secondsAt(part: number): number {
  let sum = 0
  for (const { share, seconds } of RUNS) {
    sum += share
    if (part < sum) return seconds
  }
  return RUNS[0].seconds
}

const row = (cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)
const time = (seconds: number): string =>
  seconds < 120 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`

row(['accounts', 'slots', 'slots that work', 'a run is done after (median)', '95 %', '99 %', 'later than an hour'])
row(['---:', '---:', '---:', '---:', '---:', '---:', '---:'])
for (const [accounts, all] of [
  [1_000, [16, 20, 24, 32]],
  [10_000, [160, 200, 240, 320]],
] as const)
  for (const slots of all) {
    const { busy, ages } = simulate(accounts, slots)
    const at = (part: number): string => time(ages[Math.floor(ages.length * part)] ?? 0)
    const late = ages.filter((age) => age > HOUR).length / ages.length
    row([accounts, slots, `${(busy * 100).toFixed(0)} %`, at(0.5), at(0.95), at(0.99), `${(late * 100).toFixed(1)} %`])
  }
