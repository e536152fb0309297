/** The page's style sheet: light and dark, narrow and wide. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: light-dark(#f3f5f7, #0e1217); --card: light-dark(#fff, #171d24); --line: light-dark(#e3e7ec, #29313a);
  --text: light-dark(#1b232c, #e7ebef); --soft: light-dark(#5c6773, #9aa6b2); --rail: light-dark(#e9edf1, #242c35);
  --main: light-dark(#0f7173, #3fb5b0);
  --green: light-dark(#1d7a4a, #43b77c); --amber: light-dark(#946000, #f0b040); --red: light-dark(#c22f28, #f2645c);
  --blue: light-dark(#2a68b8, #6aa5f0); --violet: light-dark(#7a46bd, #b48cf0);
  --slate: light-dark(#4a5662, #8996a3); --pale: light-dark(#b3bdc7, #566270);
  --hatch: repeating-linear-gradient(135deg, var(--pale) 0 2px, transparent 2px 4px);
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
}
* { box-sizing: border-box; margin: 0; padding: 0 }
body { background: var(--back); color: var(--text); max-width: 1180px; margin: 0 auto; padding: 24px 20px 40px }
ul, ol { list-style: none }
code { font: 12.5px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace }
small { font-size: 12.5px; font-weight: 400; color: var(--soft) }
.number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap }
.none { color: var(--soft) }

header { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: flex-end; justify-content: space-between }
h1 { font-size: 25px; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere }
h1 small { display: block; font-size: 14px; letter-spacing: 0 }
.facts { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
.facts > * { border: 1px solid var(--line); background: var(--card); border-radius: 99px; padding: 4px 13px;
  font-size: 13.5px; font-variant-numeric: tabular-nums; white-space: nowrap }
.facts .good::before, .facts .bad::before { content: ''; display: inline-block; width: 8px; height: 8px;
  border-radius: 50%; margin-right: 7px; background: var(--green) }
.facts .bad { color: var(--red); border-color: currentcolor }
.facts .bad::before { background: var(--red) }
#lost { display: none; color: var(--red); border-color: currentcolor }
.lost #lost { display: block }
.lost section { opacity: .5 }
main > .example { grid-column: 1 / -1; flex-direction: row; gap: 8px; margin-top: 16px; align-items: stretch }
.example code { flex: 1; min-width: 0; overflow-x: auto; white-space: nowrap; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px }
button { font: inherit; font-size: 13px; color: var(--text); background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; padding: 0 14px; cursor: pointer }
button:hover { border-color: var(--main) }

main { display: grid; gap: 16px; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) }
main > div { display: flex; flex-direction: column; gap: 16px }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px }
main > div > section:last-child { flex: 1 }
#account { grid-column: 1 / -1 }
h2 { font-size: 15px; margin-bottom: 12px }
h2 small { margin-left: 6px }

.bars { columns: 3; column-gap: 24px }
.bars li { display: grid; grid-template-columns: 12em 1fr 3.4em 2.9em; gap: 8px; align-items: center; padding: 1px 0;
  font-size: 13.5px; break-inside: avoid }
.bars li span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.bars .number + .number { color: var(--soft); font-size: 12.5px; text-align: left }
.track { display: flex; height: 14px; padding: 1px 0;
  background: repeating-linear-gradient(90deg, transparent 0 calc(var(--step) - 1px), var(--line) 0 var(--step)) }
.track b { background: var(--main); border-radius: 0 2px 2px 0 }
.track b.deleted { background: var(--hatch) }

.ring { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: center; justify-content: space-evenly }
.ring svg { width: 190px }
.ring circle { fill: none; stroke-width: 19 }
svg text { fill: var(--text); text-anchor: middle; font-weight: 650; font-size: 17px; font-variant-numeric: tabular-nums }
svg text.small { fill: var(--soft); font-weight: 400; font-size: 9.5px }
.legend b { width: 11px; height: 11px; border-radius: 3px; flex: none }
.ring .legend { min-width: 9.5em }
.ring .legend li { display: flex; gap: 9px; align-items: center; padding: 2px 0 }
.ring .legend .number { margin-left: auto; padding-left: 12px }
.s-new { stroke: var(--amber); background: var(--amber) } .s-open { stroke: var(--red); background: var(--red) }
.s-pending { stroke: var(--blue); background: var(--blue) } .s-hold { stroke: var(--slate); background: var(--slate) }
.s-solved { stroke: var(--green); background: var(--green) } .s-closed { stroke: var(--pale); background: var(--pale) }
.s-deleted { stroke: var(--line); background: var(--hatch) }

.chart { position: relative; display: flex; gap: 2px; height: 118px; border-bottom: 1px solid var(--line) }
.chart .top { position: absolute; top: 0; left: 0; right: 0; font-style: normal; font-size: 12px; color: var(--soft);
  border-top: 1px dashed var(--line); pointer-events: none }
.chart span { flex: 1; display: flex; flex-direction: column-reverse; position: relative; z-index: 1 }
.chart b { min-height: 2px }
.chart b:last-child { border-radius: 2px 2px 0 0 }
.chart span[data-tip]:hover { background: var(--rail) }
.chart span[data-tip]:hover::after { content: attr(data-tip); position: absolute; bottom: 100%; right: 0; z-index: 2;
  width: max-content; max-width: 260px; background: var(--text); color: var(--card); font-size: 12.5px;
  border-radius: 6px; padding: 4px 9px }
.chart span:nth-of-type(-n + 30):hover::after { right: auto; left: 0 }
.axis { display: flex; justify-content: space-between; font-size: 12px; color: var(--soft); margin: 3px 0 10px }
.flat { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13.5px; margin-bottom: 10px }
.flat b { display: inline-block; margin-right: 7px; vertical-align: -1px }
.o-ok { background: var(--green) } .o-refused { background: var(--blue) } .o-limited { background: var(--amber) }
.o-failed { background: var(--red) } .o-broken { background: var(--violet) }
.latest li { display: grid; grid-template-columns: 5em 3.4em minmax(0, 1fr) auto 70px 5em; gap: 10px;
  align-items: center; padding: 3px 0; border-top: 1px solid var(--line) }
.latest time { font-size: 13px; color: var(--soft); font-variant-numeric: tabular-nums }
.latest em { font: 600 12px/19px system-ui, sans-serif; color: light-dark(#fff, #10151a); text-align: center;
  border-radius: 5px }
.latest code { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.latest s { text-decoration: none; color: var(--soft) }
.latest i { font-style: normal; font-size: 12.5px; color: var(--violet) }
.latest .number { font-size: 12.5px; color: var(--soft) }
.took b { display: block; height: 6px; border-radius: 3px; background: var(--pale); min-width: 2px }

.gauges { display: grid; grid-template-columns: repeat(auto-fill, minmax(118px, 1fr)); gap: 14px }
figure { text-align: center }
figure svg { width: 104px }
figure path { fill: none; stroke: var(--rail); stroke-width: 10; stroke-linecap: butt }
.low .used { stroke: var(--main) } .high .used { stroke: var(--amber) } .full .used { stroke: var(--red) }
figcaption { font-size: 13px; line-height: 1.3 }
figcaption small { display: block }
.gauges + .none { font-size: 13px }
.gauges:not(:empty) + .none { margin-top: 12px }

.faults li { display: flex; gap: 10px; align-items: center; padding: 4px 0 }
.faults em { font: 600 12.5px/20px system-ui, sans-serif; color: var(--violet); border: 1px solid; padding: 0 8px;
  border-radius: 5px }
.faults code { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.dots { color: var(--violet); letter-spacing: 2px; font-size: 10px }
.chance { width: 48px; height: 8px; background: var(--rail); border-radius: 4px; overflow: hidden }
.chance b { display: block; height: 100%; background: var(--violet) }

#controls { grid-column: 1 / -1 }
.forms { display: flex; flex-wrap: wrap; gap: 12px }
.forms form { flex: 1 1 auto; min-width: 0 }
.forms fieldset { min-width: 0 }
.forms fieldset { border: 1px solid var(--line); border-radius: 8px; padding: 4px 12px 12px; height: 100%;
  display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center }
.forms legend { font-size: 12.5px; color: var(--soft); padding: 0 4px }
.forms label { display: flex; gap: 6px; align-items: center; font-size: 13.5px; white-space: nowrap }
.forms label[hidden] { display: none }
.forms input, .forms select { font: inherit; font-size: 13.5px; color: inherit; background: var(--back);
  border: 1px solid var(--line); border-radius: 6px; padding: 3px 7px; min-height: 30px; max-width: 100% }
.forms input[type=number] { width: 5.5em }
.forms button { min-height: 30px }
#controls output { display: block; min-height: 1.45em; margin-top: 10px; font-size: 13.5px; color: var(--soft) }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
:focus-visible { outline: 2px solid var(--main); outline-offset: 2px }

@media (max-width: 1080px) { .bars { columns: 2 } }
@media (max-width: 820px) {
  body { padding: 16px 12px 32px }
  main { grid-template-columns: minmax(0, 1fr) }
  .facts > * { white-space: normal }
  .bars { columns: 1 }
  .bars li { grid-template-columns: minmax(0, 10em) 1fr 3.4em 2.9em }
  .latest li { grid-template-columns: 4.6em 3.2em minmax(0, 1fr) auto }
  .latest li i, .latest s, .latest .took { display: none }
}`
