import { HttpError, messageOf } from '../../src/model/errors.ts'
import { type Account, type Assumption, type Finding, open } from './assumption.ts'
import { ASSUMPTIONS, NOT_ASKABLE } from './assumptions.ts'

/** One assumption and what the account says of it. */
export interface Answer {
  readonly assumption: Assumption
  readonly finding: Finding
}

/**
 * Asks about one assumption after the other. What an account refuses to show decides nothing; any other error is thrown,
 * as that of a connection that cannot be made.
 */
export async function* probe(account: Account, assumptions = ASSUMPTIONS): AsyncGenerator<Answer> {
  for (const assumption of assumptions) yield { assumption, finding: await askAbout(assumption, account) }
}

async function askAbout({ ask }: Assumption, account: Account): Promise<Finding> {
  try {
    return await ask(account)
  } catch (error) {
    if (error instanceof HttpError && error.status !== undefined) return open(messageOf(error).replace(/\.$/, ''))
    throw error
  }
}

/** A line for people. */
export const lineOf = ({ assumption: { fact, name, title }, finding: { verdict, why } }: Answer): string =>
  `${verdict.padEnd(13)}  ${fact} ${name}: ${title} (${why}).`

/** What reading cannot show, a line each, and what would. */
export const notAskableLines = (): readonly string[] =>
  NOT_ASKABLE.map(({ fact, title, todo }) => `${'not askable'.padEnd(13)}  ${fact} ${title}. To see it: ${todo}.`)
