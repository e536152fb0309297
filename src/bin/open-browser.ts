import { spawn } from 'node:child_process'

/** Opens an address in the browser of the machine; false if there is none. The address is shown in any case. */
export function openBrowser(url: URL, environment: Readonly<Record<string, string | undefined>>): boolean {
  const [command = 'xdg-open', ...args] = { darwin: ['open'], win32: ['explorer'] }[process.platform as string] ?? []
  if (command === 'xdg-open' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return false
  const child = spawn(command, [...args, String(url)], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
  return true
}
