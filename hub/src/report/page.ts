// The report as one file: nothing in it asks for anything else.
import { COLOURS } from '../pictures/colours.ts'
import { html, raw } from '../pictures/markup.ts'
import type { Report } from './numbers.ts'
import { reportSections } from './sections.ts'

const STYLE = `
:root { ${COLOURS}
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif }
* { box-sizing: border-box }
body { background: var(--back); color: var(--text); max-width: 1180px; margin: 0 auto; padding: 24px 20px 60px; overflow-wrap: anywhere }
h1, h2, p, ul { margin: 0; padding: 0 } ul { list-style: none }
h1 { font-size: 27px; line-height: 1.2; letter-spacing: -.01em } header { margin-bottom: 18px }
h2 { font-size: 16px; margin-bottom: 10px } small, header p { font-size: 13px; font-weight: 400; color: var(--soft) }
main > section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; margin-bottom: 16px }
.numbers { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); margin-bottom: 16px }
.numbers li { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; color: var(--soft); font-size: 14px; line-height: 1.35 }
.numbers b { display: block; font-size: 21px; line-height: 1.35; white-space: nowrap; color: var(--text); font-variant-numeric: tabular-nums }
.picture { overflow-x: auto } .picture svg { width: 100%; min-width: 560px; height: auto; display: block }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px; color: var(--soft); margin-top: 8px }
.legend b { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px }
.legend b.dashed { height: 4px; vertical-align: 3px }
${['green', 'amber', 'red', 'blue', 'violet', 'pale', 'main'].map((name) => `.c-${name} { background: var(--${name}) }`).join(' ')}
.wide { overflow-x: auto; margin-top: 10px } details { margin-top: 10px } summary { cursor: pointer; padding: 4px 0; font-size: 14px }
details .wide { max-height: 420px; overflow-y: auto }
table { border-collapse: collapse; width: 100%; font-size: 14px }
th, td { text-align: left; padding: 6px 14px 6px 0; border-top: 1px solid var(--line); vertical-align: top }
thead th { overflow-wrap: normal; border: 0; color: var(--soft); font-weight: 500; font-size: 13px } tbody th { font-weight: 600; min-width: 110px }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } thead .number { white-space: normal; min-width: 70px }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; border-radius: 4px }
@media (max-width: 700px) { body { padding: 14px 10px 40px } main > section { padding: 12px } }
@media print { body { max-width: none } section { break-inside: avoid } }`

/** The page, as text. */
export async function reportPage(report: Report): Promise<string> {
  const day = report.made_at.slice(0, 16).replace('T', ' ')
  const page = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Support report, ${day} UTC</title><link rel="icon" href="data:,"><style>${raw(STYLE)}</style></head>
<body><header><h1>Support report</h1><p>${day} UTC. Weeks and days: the last ${report.days} days. Times are medians. The measurements are Zendesk's own.</p></header>
<main>${reportSections(report)}</main></body></html>
`
  return String(page)
}
