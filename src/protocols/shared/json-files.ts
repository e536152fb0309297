// Files that are named on a command line, for every dialect.
import { ConnectorError } from '../../model/errors.ts'
import { exactJson } from '../../model/exact-json.ts'
import { jsonFault } from './json-fault.ts'

/** The text of a file; rejects as `fs.readFile` does. */
export type ReadText = (path: string) => Promise<string>

/** The JSON in a file. Rejects with a ConnectorError for a file that cannot be read or holds something else. */
export async function jsonIn(path: string, what: string, readText: ReadText): Promise<unknown> {
  const text = await textIn(path, what, readText)
  try {
    return exactJson(text)
  } catch {
    throw noJson(path, what, text, 1)
  }
}

/**
 * The values in a file: its one JSON value, or one for each line if it holds JSON lines, as an output does. An empty file has
 * none. A last line that was cut short is left out, and `onCut` is called. Lines that `isWanted` refuses by their text are
 * not parsed, as there may be millions of records. Rejects as `jsonIn` does.
 */
export async function valuesIn(
  path: string,
  what: string,
  readText: ReadText,
  { isWanted = () => true, onCut }: { isWanted?: (line: string) => boolean; onCut: () => void },
): Promise<readonly unknown[]> {
  // Editors on Windows and PowerShell's `>` put a byte order mark before the text.
  const text = (await textIn(path, what, readText)).replace(/^\uFEFF/, '')
  if (text.trim() === '') return []
  try {
    return [exactJson(text)]
  } catch {
    const lines = text.split('\n')
    const first = lines.findIndex((line) => line.trim() !== '')
    if (lines.length - first < 2 || parsed(lines[first]!) === undefined) throw noJson(path, what, text, 1)
    return lines.flatMap((line, index) => {
      if (line.trim() === '' || (line.startsWith('{') && !isWanted(line))) return []
      const value = parsed(line)
      if (value !== undefined) return [value.value]
      if (index < lines.length - 1) throw noJson(path, what, line, index + 1)
      onCut()
      return []
    })
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: exactJson(text) }
  } catch {
    return undefined
  }
}

async function textIn(path: string, what: string, readText: ReadText): Promise<string> {
  try {
    return await readText(path)
  } catch (error) {
    // A bucket says itself what is wrong.
    if (error instanceof ConnectorError) throw error
    const code = String((error as { code?: unknown }).code)
    const isLarge = code === 'ERR_STRING_TOO_LONG' || code === 'ERR_FS_FILE_TOO_LARGE'
    throw new ConnectorError(
      `The ${what} file ${path} ${isLarge ? `is too large. If it is an output, keep only the lines with "type":"STATE".` : `cannot be read (${code}).`}`,
      'config_error',
    )
  }
}

/** Says where the fault is, without repeating text: the file may hold secrets. */
function noJson(path: string, what: string, text: string, firstLine: number): ConnectorError {
  const fault = jsonFault(text)
  const where = fault && ` See line ${fault.line + firstLine - 1}, column ${fault.column}: ${fault.expected}.`
  return new ConnectorError(`The ${what} file ${path} holds no valid JSON.${where ?? ''}`, 'config_error')
}
