// Numbers, times and states, in words.
import { now } from '../../clock.ts'
import { html, type Markup } from './markup.ts'

export const count = (value: number): string => value.toLocaleString('en-US')
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${Math.round(seconds / 86_400)} days`
}

/** How long ago or ahead it is, with the time itself: `3 min ago`. */
export function when(time: string | null): Markup | string {
  if (time === null) return '–'
  const seconds = (Date.parse(time) - now()) / 1000
  const near = Math.abs(seconds) < 5 ? 'now' : seconds < 0 ? `${duration(-seconds)} ago` : `in ${duration(seconds)}`
  return html`<time datetime="${time}" title="${exact(time)}">${near}</time>`
}

/** `2026-11-29 12:34:56 UTC`. */
export const exact = (time: string): string => `${time.replace('T', ' ').slice(0, 19)} UTC`

const STATES: Readonly<Record<string, string>> = {
  unconnected: 'Not connected',
  new: 'Nothing synced yet',
  running: 'Syncing',
  waiting: 'Waits for its turn',
  fresh: 'Up to date',
  late: 'Late',
  failed: 'Failed',
  complete: 'Complete',
  incomplete: 'Incomplete',
  killed: 'Cut off',
  stopped: 'Stopped',
  started: 'Begins',
  paused: 'Paused',
  more: 'Goes on later',
  configuration: 'Needs a change',
  lost: 'Cut off',
}

export const state = (name: string): Markup =>
  html`<span class="state is-${/^[a-z]+$/.test(name) ? name : 'new'}">${STATES[name] ?? name}</span>`
