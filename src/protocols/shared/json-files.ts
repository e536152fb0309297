// Files that are named on a command line, for every dialect.
import { ConnectorError } from '../../model/errors.ts'

/** The text of a file; rejects as `fs.readFile` does. */
export type ReadText = (path: string) => Promise<string>

/**
 * The JSON in a file; undefined for a state file that is empty. Rejects with a ConnectorError for a file that cannot be
 * read or holds something else. What the file holds is not repeated: it may be secret.
 */
export async function jsonIn(path: string, what: string, readText: ReadText): Promise<unknown> {
  let text: string
  try {
    text = await readText(path)
  } catch (error) {
    throw new ConnectorError(
      `The ${what} file ${path} cannot be read (${String((error as { code?: unknown }).code)}).`,
      'config_error',
    )
  }
  try {
    return JSON.parse(text)
  } catch {
    if (what === 'state' && text.trim() === '') return undefined
    throw new ConnectorError(`The ${what} file ${path} holds no valid JSON.`, 'config_error')
  }
}
