// A warehouse that takes nothing from a process that was replaced: it knows the highest number of a lease that came to it.
import { LeaseLost } from '../store/leases.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** Guards each transaction by the lease's number. Throws LeaseLost if a higher one was here, now or at any commit. */
export async function fencedWarehouse(warehouse: Warehouse, account: string, fence: number): Promise<Warehouse> {
  const { schema, types } = warehouse
  const table = `${schema}._fence`
  const lost = (): never => {
    throw new LeaseLost(`Another process is now loading "${account}" into ${warehouse.name}. This one stops.`)
  }
  await warehouse.run(`create table if not exists ${table} (account ${types.text}, fence ${types.integer})`)
  await warehouse.atOnce(async () => {
    const [last] = await warehouse.rows(`select max(fence) as fence from ${table} where account = $1`, [account])
    if (Number(last?.['fence'] ?? 0) > fence) lost()
    await warehouse.run(`delete from ${table} where account = $1`, [account])
    await warehouse.run(`insert into ${table} (account, fence) values ($1, $2)`, [account, fence])
  })
  return {
    ...warehouse,
    atOnce: (work) =>
      warehouse.atOnce(async () => {
        const kept = await warehouse.rows(
          `update ${table} set fence = fence where account = $1 and fence = $2 returning fence`,
          [account, fence],
        )
        if (kept.length === 0) lost()
        return await work()
      }),
  }
}
