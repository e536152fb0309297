// The character U+0000, which JSON can carry and most databases cannot: a text that holds it ends a load.
import type { Connector, Log } from '../../model/message.ts'
import type { NulCharacters } from './record-lines.ts'

/**
 * What becomes of that character: what the configuration says; else it is taken out with `strict_types`, and as the dialect
 * has it. Each stream that had some is reported once.
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
        `Stream "${stream}" has texts with the character U+0000, which databases refuse. It is taken out (${count} in this page; nul_characters: keep emits it).`,
      )
    },
  }
}
