// The first import of every program and of the library. What they load may already need a newer Node than this one, so that
// this file imports nothing and is as old-fashioned as it can be.
// The first that undici runs on.
const NEEDED = '22.19'
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  const [, program] = /((?:source|tap|destination|target)-zendesk)(?:\.[jt]s)?$/.exec(process.argv[1] ?? '') ?? []
  const message = `${program ?? 'zendesk-connector'} needs Node ${NEEDED} or newer; this is Node ${process.versions.node}.`
  if (program === undefined) throw new Error(message)
  process.stderr.write(`${message} In a clone, run it with npx node, which is the project's own.\n`)
  process.exit(1)
}

export {}
