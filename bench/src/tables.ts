// What a report says, as tables in Markdown: for the terminal, and between the marks of docs/performance.md.
import {
  type ClientName,
  type Command,
  type Cost,
  cpuPerRecord,
  type Day,
  type Growth,
  median,
  pairedRatio,
  type Report,
  type Run,
  recordsOf,
  runsOf,
  secondsPerRecord,
  sizesOf,
  sum,
  type Workload,
} from './report.ts'

export const TITLES: Readonly<Record<ClientName, string>> = {
  ours: 'ours',
  floor: 'floor',
  airbyte: "Airbyte's",
  tap: 'tap-zendesk',
}

type Row = readonly (string | number)[]

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`
  // Numbers to the right.
  const rule = head.map((_, index) => (index === 0 || typeof rows[0]?.[index] === 'string' ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map((cells) => line(cells.map(shown)))].join('\n')
}

/** Three digits that count, and no more than are known. */
function shown(value: string | number): string {
  if (typeof value === 'string') return value
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  const digits = Math.max(0, Math.min(3, 2 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

const times = (ratio: number | undefined): string => (ratio === undefined ? '' : `${shown(ratio)} ×`)

const clientsIn = (workload: Workload): readonly ClientName[] =>
  (['ours', 'floor', 'tap', 'airbyte'] as const).filter((client) => runsOf(workload, client).length > 0)

const medianOf = <T>(items: readonly T[], measure: (item: T) => number): number => median(items.map(measure))

function readRow(workload: Workload, client: ClientName): Row {
  const runs = runsOf(workload, client)
  const of = (measure: (run: Run) => number): number => medianOf(runs, measure)
  return [
    TITLES[client],
    runs.length,
    of(recordsOf),
    of(({ seconds }) => seconds),
    Math.round(of((run) => recordsOf(run) / run.seconds)),
    of(cpuPerRecord) * 1e5,
    times(pairedRatio(workload.runs, client, cpuPerRecord)),
    times(pairedRatio(workload.runs, client, secondsPerRecord)),
    Math.round(of(({ peakMB }) => peakMB)),
    of(({ requests }) => requests),
    of(({ sandboxSeconds }) => sandboxSeconds),
  ]
}

const READ_HEAD = [
  ...['', 'runs', 'records', 'seconds', 'records/s', 'CPU s per 100,000'],
  ...['CPU a record ÷ ours', 'time a record ÷ ours', 'peak MB', 'requests', 'sandbox s'],
]

const readTable = (workload: Workload): string =>
  `**${workload.name}** (${workload.streams.join(', ')})\n\n${table(
    READ_HEAD,
    clientsIn(workload).map((client) => readRow(workload, client)),
  )}`

/** Of the quickest run: what else a machine does can only add to so short a time. */
const least = (costs: readonly Cost[], measure: (cost: Cost) => number): number => Math.min(...costs.map(measure))

const MILLISECONDS = ({ seconds }: Cost): number => seconds * 1000

function commandTable(commands: readonly Command[]): string {
  const names = [...new Set(commands.map(({ name }) => name))]
  const clients = [...new Set(commands.map(({ client }) => client))]
  const cell = (client: ClientName, name: string, measure: (cost: Cost) => number): string => {
    const command = commands.find((one) => one.client === client && one.name === name)
    return command ? shown(Math.round(least(command.costs, measure))) : ''
  }
  return table(
    ['', ...names.map((name) => `${name}, ms`), ...names.map((name) => `${name}, peak MB`)],
    clients.map((client) => [
      TITLES[client],
      ...names.map((name) => cell(client, name, MILLISECONDS)),
      ...names.map((name) => cell(client, name, ({ peakMB }) => peakMB)),
    ]),
  )
}

const growthTable = (report: Report): string =>
  table(
    ['tickets', 'streams', '', ...READ_HEAD.slice(2)],
    sizesOf(report).flatMap(({ tickets, workloads }) =>
      workloads.flatMap((workload) =>
        clientsIn(workload).map((client) => {
          const [title, , ...cells] = readRow(workload, client)
          return [shown(tickets), workload.name, title!, ...cells]
        }),
      ),
    ),
  )

function dayTable({ tickets, events, users, syncs, deletions }: NonNullable<Report['day']>): string {
  const row = (title: string, { exportRequests, requests }: Day): Row => [
    title,
    exportRequests,
    othersOf({ exportRequests, requests }),
    `${shown(leastMinutes({ exportRequests, requests }))} min`,
    Object.entries(requests)
      .map(([path, count]) => `${path} ${shown(count)}`)
      .join(', '),
  ]
  return [
    `${shown(tickets)} tickets were changed by ${shown(events)} events, and ${shown(users)} users.`,
    table(
      ['', 'export requests', 'others', 'at the least', 'which'],
      [
        ...syncs.map((sync) => row(TITLES[sync.client], sync)),
        row(`ours, after ${shown(deletions.tickets)} tickets were deleted and nothing else`, deletions),
      ],
    ),
  ].join('\n\n')
}

/** With the limits of a Professional account: 10 exports a minute, 400 requests of all kinds. */
const leastMinutes = (day: Pick<Day, 'requests' | 'exportRequests'>): number =>
  Math.max(Math.ceil(day.exportRequests / 10), Math.ceil(sum(Object.values(day.requests)) / 400))

const othersOf = ({ exportRequests, requests }: Pick<Day, 'exportRequests' | 'requests'>): number =>
  sum(Object.values(requests)) - exportRequests

/** What was to be reached, and what was: undefined where it was not measured. */
interface Target {
  readonly what: string
  readonly reached: string
  readonly met: boolean
}

function targetsOf(report: Report): readonly Target[] {
  const { workloads, commands, growth, day } = report
  const targets: Target[] = []
  const aim = (what: string, value: number | undefined, met: (value: number) => boolean, unit = ''): void => {
    if (value !== undefined) targets.push({ what, reached: `${shown(value)}${unit}`, met: met(value) })
  }
  const atLeast = (least: number) => (value: number) => value >= least
  for (const { name, runs } of workloads) {
    const ratio = (client: ClientName, measure: (run: Run) => number) => pairedRatio(runs, client, measure)
    aim(`${name}: CPU a record, Airbyte's ÷ ours at least 70`, ratio('airbyte', cpuPerRecord), atLeast(70))
    aim(`${name}: CPU a record, the tap's ÷ ours at least 12`, ratio('tap', cpuPerRecord), atLeast(12))
    aim(`${name}: time a record, Airbyte's ÷ ours at least 70`, ratio('airbyte', secondsPerRecord), atLeast(70))
    aim(`${name}: records/s, ours ÷ floor at least 1`, ratio('floor', secondsPerRecord), atLeast(1))
  }
  const spec = (client: ClientName): number | undefined => {
    const found = commands.find((one) => one.client === client && one.name === 'spec')
    return found && least(found.costs, ({ seconds }) => seconds)
  }
  const [mine, theirs] = [spec('ours'), spec('airbyte')]
  aim("time of spec: Airbyte's ÷ ours at least 30", mine && theirs && theirs / mine, atLeast(30))

  const reads = [...workloads, ...growth.flatMap((size) => size.workloads)].flatMap((one) => runsOf(one, 'ours'))
  if (reads.length > 0)
    aim(
      'peak memory of every read under 150 MB',
      Math.max(...reads.map(({ peakMB }) => peakMB)),
      (most) => most < 150,
      ' MB',
    )
  for (const grown of peakGrowth(sizesOf(report)))
    aim(
      `${grown.name}: peak memory grows by less than 10 % to ${shown(grown.tickets)} tickets`,
      grown.percent,
      (value) => value < 10,
      ' %',
    )
  for (const { client, exportRequests, requests } of day?.syncs ?? []) {
    if (client !== 'ours') continue
    aim('a day: at most 60 export requests', exportRequests, (count) => count <= 60)
    aim('a day: no other requests', othersOf({ exportRequests, requests }), (count) => count === 0)
  }
  return targets
}

/** From the smallest to the largest account, by set of streams. */
function peakGrowth(growth: readonly Growth[]): { name: string; tickets: number; percent: number }[] {
  const [first, last] = [growth[0], growth.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  const peak = (workload: Workload): number => medianOf(runsOf(workload, 'ours'), ({ peakMB }) => peakMB)
  return first.workloads.flatMap((small) => {
    const large = last.workloads.find(({ name }) => name === small.name)
    return large ? [{ name: small.name, tickets: last.tickets, percent: (peak(large) / peak(small) - 1) * 100 }] : []
  })
}

const targetTable = (report: Report): string =>
  table(
    ['target', 'measured', 'met'],
    targetsOf(report).map(({ what, reached, met }) => [what, reached, met ? 'yes' : '**no**']),
  )

function machineTable({ date, machine, versions, tickets, rounds }: Report): string {
  const { cpu, cores, memoryGiB, system, node, pinned } = machine
  return [
    `- ${date}, ${cpu}, ${cores} cores, ${memoryGiB} GiB of memory, ${system}, Node ${node}.`,
    `- ${pinned ? 'The sandbox on one core, clients on another (`taskset`).' : 'Not pinned to cores.'}`,
    `- ${shown(tickets)} tickets; ${rounds} rounds of ours and the floor.`,
    ...Object.entries(versions).map(([client, version]) => `- ${TITLES[client as ClientName]}: ${version}.`),
  ].join('\n')
}

/** The parts of a report by name; undefined: not measured. */
function partsOf(report: Report): Readonly<Record<string, string | undefined>> {
  const { workloads, commands, growth, day } = report
  return {
    machine: machineTable(report),
    targets: targetTable(report),
    reads: workloads.map(readTable).join('\n\n'),
    commands: commands.length === 0 ? undefined : commandTable(commands),
    growth: growth.length === 0 ? undefined : growthTable(report),
    day: day && dayTable(day),
  }
}

/** For the terminal. */
export const summary = (report: Report): string =>
  Object.values(partsOf(report))
    .flatMap((part) => (part === undefined ? [] : [`${part}\n\n`]))
    .join('')

const PICTURES: Readonly<Record<string, string>> = {
  reads: '![CPU seconds per 100,000 records](performance-cost.svg)\n\n',
  growth: '![Peak memory, and records a second, by number of tickets](performance-growth.svg)\n\n',
}

/** A page with its marked parts renewed. Throws where the page lacks a mark. */
export function documentOf(page: string, report: Report): string {
  let text = page
  for (const [name, part] of Object.entries(partsOf(report))) {
    const marked = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*(<!-- end of ${name} -->)`)
    if (!marked.test(text)) throw new Error(`The page has no place for ${name}.`)
    const content = part === undefined ? 'Not measured in this run.' : `${PICTURES[name] ?? ''}${part}`
    text = text.replace(marked, (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`)
  }
  return text
}
