// The first import of the program and of the library. What they load may already need a newer Node than this one, so that
// this file imports nothing and is as old-fashioned as it can be.
const NEEDED = 24
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < NEEDED) {
  const message = `zendesk-sandbox needs Node ${NEEDED} or newer; this is Node ${process.versions.node}.`
  if (!/zendesk-sandbox(?:\.[jt]s)?$/.test(process.argv[1] ?? '')) throw new Error(message)
  process.stderr.write(`${message} In a clone, npx node is the project's own.\n`)
  process.exit(1)
}

export {}
