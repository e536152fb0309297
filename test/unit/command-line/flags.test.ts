import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flagsIn } from '../../../src/command-line/flags.ts'
import { nearest } from '../../../src/model/nearest.ts'

const FLAGS = {
  config: { value: '<file>', short: 'c', multiple: true },
  state: { value: '<file>' },
  discover: { short: 'd' },
  help: {},
} as const
const parse = (...argv: string[]) => flagsIn(argv, FLAGS, 'program')

describe('a command line', () => {
  test('is understood in every spelling', () => {
    expect(parse('read', '--config', 'a', '-c', 'b', '--config=c', '-d', '--state=-x')).toEqual({
      given: { config: ['a', 'b', 'c'], discover: true, state: '-x' },
      words: ['read'],
    })
    expect(parse('--state', 'one', '--state', 'one').given).toEqual({ state: 'one' })
    expect(parse('--', '--state')).toEqual({ given: {}, words: ['--state'] })
  })

  test.each([
    [['--stat', 'x'], 'Unknown flag --stat; did you mean --state? See program --help.'],
    [['--discver'], 'Unknown flag --discver; did you mean --discover?'],
    [['--Config=x'], 'Unknown flag --Config; did you mean --config?'],
    [['--nonsense'], 'Unknown flag --nonsense. See program --help.'],
    [['-x'], 'Unknown flag -x.'],
    [['--toString'], 'Unknown flag --toString.'],
    [['--__proto__=1'], 'Unknown flag --__proto__.'],
    [['--state'], '--state needs a value: --state <file>.'],
    [['--state', 'one', '--state', 'two'], '--state is given twice'],
    [['--state='], '--state needs a value: --state <file>.'],
    [['--state', ''], '--state needs a value: --state <file>.'],
    [['--state', '--discover'], '--state needs a value: --state <file>.'],
    [['-c'], '-c needs a value: -c <file>.'],
    [['--help=yes'], '--help takes no value.'],
    [['--no-help'], 'Unknown flag --no-help.'],
  ])('%j is refused', (argv, message) => {
    expect(() => parse(...argv)).toThrow(message)
  })

  test('nothing that is typed is passed over: it is given back, or refused', () => {
    const part = fc.oneof(fc.constantFrom('--config', '--state', '--discover', '-d', '-c', '--', '-'), fc.string())
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (argv) => {
        let result: ReturnType<typeof parse>
        try {
          result = parse(...argv)
        } catch (error) {
          expect(error).toMatchObject({ failureType: 'config_error' })
          return
        }
        const { given, words } = result
        const used = Object.values(given).flat().length + words.length
        expect(used > 0 || argv.every((one) => one === '--')).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

test.each([
  ['tickts', 'tickets'],
  ['ticket', 'tickets'],
  ['usres', 'users'],
  ['api_tokn', 'api_token'],
  ['organisations', 'organizations'],
  ['unicorns', undefined],
  ['', undefined],
])('the word near to %j is %j', (typed, meant) => {
  expect(nearest(typed, ['tickets', 'ticket_metrics', 'users', 'api_token', 'organizations'])).toBe(meant)
})
