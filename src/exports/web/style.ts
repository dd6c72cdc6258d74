import { tlpColour, tlpLabel, type Tlp } from '../../model/tlp.ts';

/** How the page looks: light, dark and printed. No word of an incident is in it. */
export const styleOf = (tlp: Tlp): string => `
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --quiet: #555555; --hair: #cfcfcf; --head: #ececec;
  --star: #fdf6e3; --late: #ffdf9e; --alarm: #a8001c; --good: #1e6b47; --run: #2457a6; --warn: #8a5a00; --mark: #ffe08a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181b; --quiet: #a9adb3; --hair: #3b3f45; --head: #24282d;
  --star: #2a2617; --late: #57430f; --alarm: #ff8a96; --good: #6fd3a2; --run: #8ab4f8; --warn: #f0c36a; --mark: #6b5500; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 1rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
header { display: flex; gap: 1rem; align-items: flex-start; justify-content: space-between; }
h1 { font-size: 1.55rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; }
p { margin: .25rem 0; }
.quiet, .why { color: var(--quiet); }
.tlp { flex: none; background: #000000; color: ${tlpColour[tlp]}; font: bold 16px/1 system-ui, Arial, sans-serif; padding: .45rem .6rem; white-space: nowrap; }
.notice { border: 2px solid var(--alarm); color: var(--alarm); font-weight: bold; padding: .5rem .7rem; margin: .8rem 0; }
.alarm { color: var(--alarm); font-weight: bold; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .84rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--hair); }
thead th { background: var(--head); position: sticky; top: 0; }
td.time, td.short, th { white-space: nowrap; }
td.long { overflow-wrap: anywhere; min-width: 9rem; }
code, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
tr.star { background: var(--star); }
tr.star .what { font-weight: 600; }
td.late { background: var(--late); }
tr:target { outline: 2px solid var(--run); }
#controls { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center; margin: .6rem 0; }
#controls[hidden] { display: none; }
#words { font: inherit; padding: .35rem .5rem; min-width: 18rem; max-width: 100%; color: inherit; background: var(--paper);
  border: 1px solid var(--quiet); border-radius: 4px; }
#count { min-height: 1.4em; }
svg { width: 100%; height: auto; min-width: 720px; font: 12px system-ui, Arial, sans-serif; }
svg text { fill: var(--ink); } svg .quiet { fill: var(--quiet); }
svg .grid { stroke: var(--hair); } svg .now { stroke: var(--ink); stroke-dasharray: 3 3; }
svg .met { fill: var(--good); } svg .running { fill: var(--run); } svg .late { fill: var(--alarm); }
svg .provisional { fill: var(--paper); stroke: var(--run); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .context { fill: var(--hair); }
svg .step { fill: var(--run); } svg .skipped { fill: var(--paper); stroke: var(--warn); stroke-width: 1.5; }
svg .proved { fill: var(--good); } svg .drift { fill: var(--alarm); }
@page { size: A4 landscape; margin: 16mm 10mm 14mm;
  @top-right { content: "${tlpLabel(tlp)}"; font: bold 12pt Arial, sans-serif; color: ${tlpColour[tlp]}; background: #000000; padding: 1mm 2mm; width: 42mm; height: 7mm; text-align: center; margin-top: 5mm; }
  @bottom-left { content: "page " counter(page) " of " counter(pages); font: 8pt Arial, sans-serif; }
  @bottom-right { content: "${tlpLabel(tlp)}"; font: bold 12pt Arial, sans-serif; color: ${tlpColour[tlp]}; background: #000000; padding: 1mm 2mm; width: 42mm; height: 7mm; text-align: center; margin-bottom: 4mm; } }
@media print { :root { color-scheme: light; --ink: #000000; --paper: #ffffff; --quiet: #444444; --hair: #b5b5b5; --head: #ececec;
    --star: #fdf6e3; --late: #ffdf9e; --alarm: #a8001c; --good: #1e6b47; --run: #2457a6; --warn: #8a5a00; }
  html { font-size: 10px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 9px; }
  th, td { padding: 2px 4px; }
  #controls, header .tlp, footer .tlp { display: none; } thead { display: table-header-group; }
  thead th { position: static; } tr, svg { break-inside: avoid; } h2 { break-after: avoid; }
  .scroll { overflow: visible; } svg { min-width: 0; } td.long { min-width: 0; } }
`;
