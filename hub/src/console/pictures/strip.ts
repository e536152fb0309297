// A strip of days: how each went. Drawn by hand, because a list has fifty of them.

import { html, type Markup } from '../../pictures/markup.ts'
import type { Day } from '../journal/syncs.ts'

const SIZE = 7
const HEIGHT = 16

/** The last days until `today` (days since 1970): green, red where a sync failed, pale where there was none. */
export function strip(days: readonly Day[], today: number, count = 30): Markup {
  const byDay = new Map(days.map((day) => [day.day, day]))
  const cells = Array.from({ length: count }, (_, nth) => byDay.get(today - count + 1 + nth))
  const failed = cells.filter((day) => day !== undefined && day.failed > 0).length
  const good = cells.filter((day) => day !== undefined && day.failed === 0).length
  const label = `${count} days: ${good} good, ${failed} with failures, ${count - good - failed} without a sync`
  return html`<svg class="strip" role="img" aria-label="${label}" viewBox="0 0 ${count * SIZE} ${HEIGHT}" width="${count * SIZE}" height="${HEIGHT}">
${cells.map((day, nth) => {
  if (day === undefined) return html`<rect class="none" x="${nth * SIZE}" y="7" width="${SIZE - 1}" height="2"/>`
  const isBad = day.failed > 0
  return html`<rect class="${isBad ? 'bad' : 'good'}" x="${nth * SIZE}" y="${isBad ? 0 : 4}" width="${SIZE - 1}" height="${isBad ? HEIGHT : HEIGHT - 8}"/>`
})}</svg>`
}
