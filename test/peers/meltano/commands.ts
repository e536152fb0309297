// What is typed to Meltano: commands.py runs it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Meltano {
  /** `meltano …` in the project; resolves to its standard output. Rejects with the end of what it said where it fails. */
  type(...args: readonly string[]): Promise<string>
  end(): Promise<void>
}

/** Commands of the program at this path, in WORK/project; `environment` is asked for at each of them. One at a time. */
export function startMeltano(
  program: string,
  work: string,
  environment: () => NodeJS.ProcessEnv = () => process.env,
): Meltano {
  const python = spawn(join(dirname(program), 'python'), [join(import.meta.dirname, 'commands.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(python, 'close')
  const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
  const [folder, stdout, stderr] = [join(work, 'project'), join(work, 'stdout'), join(work, 'stderr')]
  return {
    async type(...args) {
      python.stdin.write(`${JSON.stringify({ args, folder, environment: environment(), stdout, stderr })}\n`)
      const { done, value: code } = await answers.next()
      if (done) throw new Error('Meltano could not be loaded.')
      const said = readFileSync(stdout, 'utf8')
      if (code === '0') return said
      throw new Error(`meltano ${args.join(' ')}: ${`${said}${readFileSync(stderr, 'utf8')}`.slice(-1500)}`)
    },
    async end() {
      python.stdin.end()
      await ended
    },
  }
}
