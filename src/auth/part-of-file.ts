// Two pairs of tokens in one file: those of Zendesk Sell are a member of the object that holds those of the account.
import { isObject, type Options } from '../config/written.ts'
import type { Room, TextFile } from '../model/runtime.ts'

/** The member of the object in a file, as a file of its own: whatever else the object holds stays. */
export const memberOfFile = (file: TextFile, name: string): TextFile =>
  partOfFile(file, {
    take: (whole) => (isObject(whole[name]) ? whole[name] : undefined),
    put: (whole, part) => ({ ...whole, [name]: part }),
  })

/** The object in a file without this member, which stays as it is. */
export const restOfFile = (file: TextFile, name: string): TextFile =>
  partOfFile(file, {
    take: ({ [name]: _, ...rest }) => (Object.keys(rest).length === 0 ? undefined : rest),
    put: ({ [name]: member }, rest) => ({ ...rest, ...(member !== undefined && { [name]: member }) }),
  })

interface Part {
  /** Undefined if it is not there yet. */
  readonly take: (whole: Options) => Options | undefined
  readonly put: (whole: Options, part: Options) => Options
}

/** Its functions reject as those of the file do. A text that is no object is shown as it is. */
function partOfFile(file: TextFile, { take, put }: Part): TextFile {
  const whole = async (): Promise<Options | string | undefined> => {
    const text = await file.read()
    try {
      const value: unknown = JSON.parse(text ?? '')
      return isObject(value) ? value : text
    } catch {
      return text
    }
  }
  const withPart = async (text: string): Promise<string> => {
    const held = await whole()
    return `${JSON.stringify(put(isObject(held) ? held : {}, JSON.parse(text) as Options), undefined, 2)}\n`
  }
  return {
    path: file.path,
    async read() {
      const held = await whole()
      if (!isObject(held)) return held
      const part = take(held)
      return part && JSON.stringify(part)
    },
    isLasting: () => file.isLasting(),
    async reserve(): Promise<Room> {
      const room = await file.reserve()
      return { fill: async (text) => room.fill(await withPart(text)), release: () => room.release() }
    },
    replace: async (text) => file.replace(await withPart(text)),
    alone: (act, signal) => file.alone(act, signal),
  }
}
