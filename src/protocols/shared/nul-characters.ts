// The character U+0000: JSON can hold it, most databases cannot, and one text with it ends a load.
import type { Connector, Log } from '../../model/message.ts'
import type { NulCharacters } from './record-lines.ts'

/**
 * What to do with that character: what the configuration says; else it is removed with `strict_types`, or if the dialect
 * asks for it. Each stream that has some is logged once.
 */
export function nulCharactersOf(
  { nulCharacters, strictTypes }: Pick<Connector, 'nulCharacters' | 'strictTypes'>,
  { byDefault, log }: { readonly byDefault: 'keep' | 'strip'; readonly log: Log },
): NulCharacters | undefined {
  if ((nulCharacters ?? (strictTypes ? 'strip' : byDefault)) === 'keep') return undefined
  const reported = new Set<string>()
  return {
    onStripped(stream, count) {
      if (reported.has(stream)) return
      reported.add(stream)
      log(
        'warn',
        `Stream "${stream}" has texts with the character U+0000, which databases refuse. It is removed (${count} in this page). To keep it, set "nul_characters" to "keep".`,
      )
    },
  }
}
