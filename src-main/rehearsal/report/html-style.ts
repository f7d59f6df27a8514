// How the HTML report looks: the light tokens of the app, the dark ones on screens that ask for them, paper in light.

const light = `
  color-scheme: light;
  --background: #f5f6f8; --surface: #ffffff; --ink: #171a21; --muted: #5f6878; --line: #e4e7ec; --line-strong: #868fa0;
  --hover: #f0f2f5; --accent: #3457d5; --on-accent: #ffffff; --accent-soft: #e9eefc;
  --right: #17784c; --right-soft: #e3f4ea; --attention: #9a5b00; --attention-soft: #fdf1dc; --wrong: #b4233c; --wrong-soft: #fce8eb;
`;

const dark = `
  color-scheme: dark;
  --background: #0f1116; --surface: #161920; --ink: #eceef3; --muted: #98a1b2; --line: #272c37; --line-strong: #6d7688;
  --hover: #1c2029; --accent: #8aa2ff; --on-accent: #0f1116; --accent-soft: #1f2740;
  --right: #62d49a; --right-soft: #14291f; --attention: #f0b35a; --attention-soft: #2d2314; --wrong: #ff8095; --wrong-soft: #301a20;
`;

/** The whole style. Its hash stands in the report's policy, so every use must be this text. */
export const HTML_STYLE = `
:root {${light}}
@media screen and (prefers-color-scheme: dark) { :root {${dark}} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--background); color: var(--ink); font: 14px/1.45 'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 34px; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 21px; font-weight: 650; line-height: 1.3; }
h2 { font-size: 18px; font-weight: 650; line-height: 1.3; overflow-wrap: anywhere; }
h3 { font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
h4 { font-size: 13px; font-weight: 600; margin-bottom: 6px; }
ul, ol { list-style: none; }
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code { font: 12.5px ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; margin-top: 16px; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
.head + p, .card p + p, .story { margin-top: 8px; overflow-wrap: anywhere; }
.story { max-width: 76ch; }
.pill { display: inline-flex; align-items: center; gap: 5px; padding: 2px 10px 2px 8px; border-radius: 999px; font-size: 13px; font-weight: 600; white-space: nowrap; background: var(--hover); color: var(--muted); }
.pill.right { background: var(--right-soft); color: var(--right); }
.pill.wrong { background: var(--wrong-soft); color: var(--wrong); }
.pill.attention { background: var(--attention-soft); color: var(--attention); }
.pill svg { width: 13px; height: 13px; flex: none; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 9px 16px; }
thead th { font-size: 13px; font-weight: 600; color: var(--muted); }
tbody th { font-weight: 400; }
tbody th code { display: block; color: var(--muted); }
tr.changed th code { color: var(--ink); }
caption { text-align: left; }
tbody tr { border-top: 1px solid var(--line); }
td.number, th.number { text-align: right; }
tr.changed td, tr.changed th { background: var(--attention-soft); }
tr.changed .value { font-weight: 600; }
section.scenario, .policy { margin-top: 40px; }
.step { padding: 16px; }
.step .head h3 { flex: 1 1 260px; }
.step time { color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.world { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 14px; }
.facts { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 14px 28px; margin-top: 16px; }
.facts > :only-child { grid-column: 1 / -1; }
.check { display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 2px 12px; padding: 6px 0; border-top: 1px solid var(--line); }
.check:first-child { border-top: 0; }
.check .pill { justify-self: start; align-self: start; }
.check dl { display: grid; grid-template-columns: 76px minmax(0, 1fr); gap: 0 8px; overflow-wrap: anywhere; }
.check dt { color: var(--muted); }
.check.differs dd { font-weight: 600; }
.told li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 12px; padding: 3px 0; overflow-wrap: anywhere; }
.told time { font-size: 13px; padding-top: 1px; white-space: normal; }
.picture { display: block; flex: none; max-width: 100%; height: auto; }
.picture text { font-family: 'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif; font-variant-numeric: tabular-nums; }
.t10 { font-size: 10.5px; } .t11 { font-size: 11px; } .t12 { font-size: 12px; } .t13 { font-size: 13px; } .t18 { font-size: 19px; }
text.strong { font-weight: 600; }
text.ink { fill: var(--ink); } text.muted, text.quiet { fill: var(--muted); } text.on-accent { fill: var(--on-accent); }
text.right { fill: var(--right); } text.attention { fill: var(--attention); } text.wrong { fill: var(--wrong); }
.frame { fill: var(--surface); stroke: var(--line); }
.frame.acting { stroke: var(--accent); stroke-width: 1.5; }
.frame.lost { fill: var(--background); stroke: var(--line-strong); stroke-dasharray: 4 4; }
.line { stroke: var(--line); } .speaker { stroke: var(--line-strong); stroke-width: 3; stroke-linecap: round; }
.field { fill: var(--hover); } .input { fill: var(--surface); stroke: var(--line-strong); } .waiting { stroke: var(--accent); stroke-width: 2; }
.main-button { fill: var(--accent); }
.badge.quiet { fill: var(--hover); } .badge.right { fill: var(--right-soft); } .badge.attention { fill: var(--attention-soft); } .badge.wrong { fill: var(--wrong-soft); }
.secret { stroke: var(--line-strong); stroke-width: 4; stroke-linecap: round; }
.qr, .symbol { color: var(--muted); } .qr { color: var(--ink); }
.symbols { position: absolute; width: 0; height: 0; }
@media (max-width: 640px) {
  main { padding: 16px; }
  .facts { grid-template-columns: minmax(0, 1fr); }
  .check { grid-template-columns: minmax(0, 1fr); }
  th, td { padding: 9px 10px; }
  .roomy { display: none; }
  .pill + a { display: inline-block; margin-top: 4px; }
}
@media print {
  main { max-width: none; padding: 0; zoom: 0.78; }
  body { background: #ffffff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .step, tr, .picture, .check { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  section.scenario { break-before: page; margin-top: 0; }
}
`;
