// What a sandbox in a process of its own has now, asked by its control API.
import { type Account, truthsFor } from './expected-rows.ts'
import type { SandboxProcess } from './sandbox-process.ts'

type Row = Readonly<Record<string, unknown>>

/** The account's truth, as far as these streams go. */
export async function accountOf(
  { control }: SandboxProcess,
  streams: readonly { readonly name: string }[],
): Promise<Account> {
  const truths = new Map<string, { readonly live: readonly Row[]; readonly deleted: ReadonlySet<unknown> }>()
  for (const name of new Set(streams.flatMap(({ name }) => truthsFor(name)))) {
    const { live, deleted } = (await control(`truth/${name}`)) as Record<string, unknown[]>
    truths.set(name, { live: live as Row[], deleted: new Set(deleted) })
  }
  const { now } = (await control('advance', { seconds: 0 })) as { now: number }
  return { rows: (name) => truths.get(name)!.live, deleted: (name) => truths.get(name)!.deleted, now }
}
