// Which process loads into a file: DuckDB tells the process that holds its lock, and this tells whether that is a hub.
import { readFile, rm, writeFile } from 'node:fs/promises'

const besides = (path: string): string => `${path}.loading`

/** Notes that this process loads into the file, which it has open. Resolves to what takes the note away. */
export async function claim(path: string, processId: number): Promise<() => Promise<void>> {
  if (path === ':memory:') return async () => undefined
  await writeFile(besides(path), String(processId))
  return () => rm(besides(path), { force: true })
}

/** Whether the holder of the file is a hub. A note that was left behind names somebody else. */
export async function isClaimed(path: string, processId: number | undefined): Promise<boolean> {
  const noted = await readFile(besides(path), 'utf8').catch(() => '')
  return processId !== undefined && noted.trim() === String(processId)
}
