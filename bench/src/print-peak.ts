// Loaded before a program (`--import`): says at its end, on stderr, how much memory it took at the most (kB).
process.on('exit', () => {
  process.stderr.write(`\npeak memory: ${process.resourceUsage().maxRSS} kB\n`)
})
