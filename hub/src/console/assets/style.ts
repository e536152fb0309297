import { COLOURS } from '../../pictures/colours.ts'

/** The style sheet: one look with the sandbox's page; light and dark, narrow and wide. */
export const STYLE = `
:root {
  ${COLOURS}
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
}
* { box-sizing: border-box }
body { overflow-wrap: anywhere; background: var(--back); color: var(--text); max-width: 1180px; margin: 0 auto; padding: 20px 20px 60px }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; border: 0 }
h1 { font-size: 25px; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere }
h1 small { display: block; font-size: 14px; letter-spacing: 0 }
h2 { font-size: 16px; margin-bottom: 12px } h3 { font-size: 14px; margin: 12px 0 6px }
ul, ol { list-style: none }
small, .soft { font-size: 13px; font-weight: 400; color: var(--soft) }
a { color: var(--main) }
code { overflow-wrap: anywhere } pre { overflow-x: auto } code, pre { font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace }
.skip { position: absolute; left: -9999px } .skip:focus { left: 8px; top: 8px; background: var(--card); padding: 8px }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; border-radius: 4px }
nav.top { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; margin-bottom: 20px }
nav.top b { font-size: 16px; margin-right: 8px } nav.top b i { font-style: normal; color: var(--main) }
nav.top a { color: var(--text); text-decoration: none; padding: 6px 2px; border-bottom: 2px solid transparent }
nav.top a:hover, nav.top a[aria-current] { border-color: var(--main) }
nav.top form { margin-left: auto }
nav.tabs { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 14px 0 18px; border-bottom: 1px solid var(--line) }
nav.tabs a { color: var(--text); text-decoration: none; padding: 6px 2px; border-bottom: 3px solid transparent; margin-bottom: -1px }
nav.tabs a[aria-current] { border-color: var(--main); font-weight: 600 }
.head { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: center; justify-content: space-between; margin-bottom: 16px }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
main > section, .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; margin-bottom: 16px }
.numbers { display: flex; flex-wrap: wrap; gap: 12px; margin-bottom: 16px }
.numbers > * { flex: 1; min-width: 130px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px 18px; color: var(--soft) }
.numbers b { display: block; font-size: 26px; line-height: 1.2; color: var(--text); font-variant-numeric: tabular-nums }
.wide { overflow-x: auto; margin: 0 -6px; padding: 0 6px }
table { border-collapse: collapse; width: 100%; font-size: 14px }
th, td { text-align: left; padding: 7px 12px 7px 0; border-top: 1px solid var(--line); vertical-align: top }
thead th { overflow-wrap: normal; border: 0; color: var(--soft); font-weight: 500; font-size: 13px; white-space: nowrap }
tbody th { font-weight: 600; overflow-wrap: anywhere }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td time, td.nowrap { white-space: nowrap }
.rows td { max-width: 260px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 13px }
.state { display: inline-flex; align-items: center; gap: 7px; white-space: nowrap; font-size: 14px }
.state::before { content: ''; width: 10px; height: 10px; border-radius: 50%; background: var(--pale); flex: none }
.is-fresh::before, .is-complete::before, .is-ok::before { background: var(--green) }
.is-late::before, .is-incomplete::before, .is-stopped::before, .is-unconnected::before, .is-more::before { background: none; border: 3px solid var(--amber) }
.is-failed::before, .is-killed::before, .is-bad::before, .is-configuration::before, .is-lost::before { background: var(--red); border-radius: 2px }
.is-running::before, .is-waiting::before { background: var(--blue); border-radius: 50% 50% 50% 0 }
button, .button { font: inherit; font-size: 14px; line-height: 1.4; color: var(--text); background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
  padding: 6px 14px; cursor: pointer; text-decoration: none; display: inline-block; min-height: 34px }
button { max-width: 100% } .buttons > * { min-width: 0 } button:hover, .button:hover { border-color: var(--main) }
button.main, .button.main { background: var(--main); border-color: var(--main); color: var(--on-main); font-weight: 600 }
button.danger { color: var(--red); border-color: currentcolor }
form.inline { display: inline }
label, .field { display: block; margin-bottom: 14px; min-width: 0 } fieldset { min-width: 0 } .two > * { min-width: 0 }
label > span:first-child, legend { font-weight: 600 }
legend { padding: 0; margin-bottom: 6px; max-width: 100%; white-space: normal }
input, select, textarea { font: inherit; font-size: 14px; color: var(--text); background: var(--back); border: 1px solid var(--edge); border-radius: 8px; padding: 7px 10px;
  width: 100%; min-height: 36px }
textarea { min-height: 90px; font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace }
input[type=checkbox], input[type=radio] { width: 18px; height: 18px; min-height: 0; margin: 0 8px 0 0; vertical-align: -3px; accent-color: var(--main) }
[aria-invalid=true] { border-color: var(--red); border-width: 2px }
.hint { display: block; font-size: 13px; color: var(--soft); margin-top: 3px; font-weight: 400 }
.must { color: var(--red) }
.affixed { display: flex; min-width: 0; align-items: center; gap: 6px } .affixed input { flex: 1; min-width: 0 }
.choice { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; margin-bottom: 8px }
.choice > label { margin: 0 } .choice .more { display: none; margin: 12px 0 0 26px }
.choice:has(> label > input:checked) { border-color: var(--main) } .choice:has(> label > input:checked) > .more { display: block }
details { margin-bottom: 14px } summary { cursor: pointer; padding: 4px 0 }
.two { display: grid; gap: 0 24px; grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr)) }
.fault, .notice { border: 1px solid; border-left-width: 6px; border-radius: 8px; padding: 9px 14px; margin-bottom: 16px; background: var(--card) }
.fault { color: var(--red) } .notice { color: var(--green) } .fault, .notice { overflow-wrap: anywhere } .fault > *, .notice > * { color: var(--text) }
.steps li { display: grid; grid-template-columns: 9em 1fr; gap: 12px; padding: 5px 0; border-top: 1px solid var(--line) }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px } dl.facts dt { color: var(--soft) } dl.facts dd { overflow-wrap: anywhere; min-width: 0 }
.strip .good { fill: var(--green) } .strip .bad { fill: var(--red) } .strip .none { fill: var(--pale) }
.strip { display: block }
.picture text { font-size: 13px } .picture { overflow-x: auto } .picture svg { width: 100%; min-width: 560px; height: auto; display: block }
progress { width: 130px; height: 10px; accent-color: var(--main); vertical-align: middle }
.gauges { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 14px }
.gauge { text-align: center; margin: 0 } .gauge svg { width: 112px } .gauge path { fill: none; stroke: var(--rail); stroke-width: 10 }
.gauge .others { stroke: var(--violet) } .gauge.low .used { stroke: var(--main) } .gauge.high .used { stroke: var(--amber) } .gauge.full .used { stroke: var(--red) }
.gauge text { fill: var(--text); text-anchor: middle; font-weight: 650; font-size: 17px } .gauge text.small { fill: var(--soft); font-weight: 400; font-size: 9.5px }
figcaption { font-size: 13px; line-height: 1.3; overflow-wrap: anywhere } figcaption small { display: block }
.log { max-height: 520px; overflow: auto; background: var(--back); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; white-space: pre-wrap; overflow-wrap: anywhere }
.log .warn { color: var(--amber) } .log .error { color: var(--red) } .log time { color: var(--soft) }
.empty { text-align: center; padding: 40px 20px } .empty p { margin: 8px 0 16px }
.stream > label { margin: 8px 0 0 } .stream details { margin: 0 0 6px 26px } .streams .columns { columns: 3 220px; font-size: 13.5px; padding: 6px 0 0 26px } .streams .columns label { margin: 0 0 4px; break-inside: avoid }
.group { border-top: 1px solid var(--line); padding: 10px 0 }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px; color: var(--soft); margin-top: 8px }
.legend b { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px }
.c-green { background: var(--green) } .c-amber { background: var(--amber) } .c-red { background: var(--red) } .c-blue { background: var(--blue) } .c-pale { background: var(--pale) } .c-main { background: var(--main) } .c-violet { background: var(--violet) }
ul.numbers b { font-size: 22px; white-space: nowrap } .legend b.dashed { height: 4px; vertical-align: 3px }
.chart details { margin: 10px 0 0 } .chart details .wide { max-height: 420px; overflow-y: auto } .chart thead .number { white-space: normal; min-width: 80px }
.spans { margin-bottom: 16px } .spans label { margin: 0 } .spans select { width: auto; margin-left: 6px }
body.plain { max-width: 460px; padding-top: 12vh } body.plain main > * { margin-bottom: 14px }
@media (max-width: 700px) {
  body { padding: 12px 12px 40px } main > section { padding: 12px }
  nav.top form { margin-left: 0 } .steps li { grid-template-columns: 1fr; gap: 0 } dl.facts { grid-template-columns: 1fr } dl.facts dd { margin-bottom: 6px }
  .list thead { display: none } .list, .list tbody, .list tr, .list td, .list th { display: block; border: 0; padding: 2px 0; text-align: left }
  .list tr { border-top: 1px solid var(--line); padding: 10px 0 } .list td[data-label]::before { content: attr(data-label) ': '; color: var(--soft) }
}
@media (prefers-reduced-motion: no-preference) { .is-running::before { animation: beat 1.6s infinite } @keyframes beat { 50% { opacity: .35 } } }`
