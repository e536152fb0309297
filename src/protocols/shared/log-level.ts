// How much is logged: `--log-level`, or ZENDESK_LOG.
import { ConnectorError } from '../../model/errors.ts'
import type { LogLevel, Message } from '../../model/message.ts'

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** The level of the command line, else of the environment, else `info`. Throws a ConnectorError if it is unknown. */
export function logLevelFrom(
  flag: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): LogLevel {
  const asked = (flag ?? environment['ZENDESK_LOG'] ?? '').trim().toLowerCase()
  if (asked === '') return 'info'
  const level = LEVELS.find((one) => one === asked)
  if (level !== undefined) return level
  const origin = flag === undefined ? 'ZENDESK_LOG' : '--log-level'
  throw new ConnectorError(`${origin} must be one of ${LEVELS.join(', ')}, not "${asked}".`, 'config_error')
}

/** Whether a message is to be written: all are, except logs below the level. */
export const passes = (message: Message, level: LogLevel): boolean =>
  message.kind !== 'log' || LEVELS.indexOf(message.level) >= LEVELS.indexOf(level)
