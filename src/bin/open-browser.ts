import { spawn } from 'node:child_process'

/** Opens an address in this machine's browser; false if there is none. */
export function openBrowser(url: URL, environment: Readonly<Record<string, string | undefined>>): boolean {
  const [command = 'xdg-open', ...args] = { darwin: ['open'], win32: ['explorer'] }[process.platform as string] ?? []
  if (command === 'xdg-open' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return false
  const child = spawn(command, [...args, String(url)], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
  return true
}
