import { sha256, toBase64 } from '../base/hash.ts';
import { htmlText } from '../base/text.ts';
import { tlpLabel } from '../model/tlp.ts';
import { isNarrow } from '../projections/choice.ts';
import { isUnsigned, packWords } from '../projections/pack.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { chartOf } from './web/chart.ts';
import { markOf, type Mark } from './web/marks.ts';
import { HEADS, clockTable, evidenceList, html, rowHtml } from './web/parts.ts';
import { SCRIPT } from './web/script.ts';
import { heading } from './paper/words.ts';
import { styleOf } from './web/style.ts';
import { noticesOf } from './redacted/notices.ts';
import { DRILL_LINE, both, inZone, rows } from './words.ts';

/**
 * The timeline as one file that asks nobody for anything: the browser is told to load nothing and to run the one script whose hash
 * stands in the page. It can be read, searched and printed without it.
 */
export const timelineHtml: ExportFormat = {
  id: 'timeline-html',
  title: 'Timeline as one page to search, with a chart',
  of: 'rows',
  forms: [{ is: 'text', extension: 'html', pieces }],
};

function* pieces(input: ExportInput): Generator<string> {
  const marks: Mark[] = [];
  for (const row of rows(input)) {
    const mark = markOf(row);
    if (mark !== null) marks.push(mark);
  }
  yield head(input);
  yield `<h2>Clocks, steps and proofs</h2>\n<div class="scroll">\n${chartOf(input, marks)}\n</div>\n<p class="quiet">${CHART}</p>\n`;
  yield `<h2>Clocks</h2>\n${clockTable(input)}\n`;
  yield tableHead(input);
  const named = new Set<string>();
  for (const row of rows(input)) {
    for (const id of row.evidence) named.add(id);
    yield rowHtml(row, input.zone);
  }
  yield '</tbody></table></div>\n';
  yield evidenceList(input, isNarrow(input.choice) || input.redaction !== null ? named : null);
  yield foot(input);
}

const CHART =
  'A bar runs from what started a clock to what was submitted, or to its end; dashed is provisional, red is late, grey is owed by others. A dot is a step that ended (hollow: left out) or a proof; a triangle is a system that answers although it was stopped.';

const hashed = (text: string): string => `'sha256-${toBase64(sha256(text))}'`;
const policy = (style: string): string =>
  `default-src 'none'; style-src ${hashed(style)}; script-src ${hashed(SCRIPT)}; base-uri 'none'; form-action 'none'`;

const tlp = ({ tlp: one }: ExportInput): string => `<span class="tlp">${tlpLabel(one)}</span>`;

function head(input: ExportInput): string {
  const { title, drill, company, incidentId, state, now, zone, progress } = input;
  const name = `${drill ? 'DRILL: ' : ''}Timeline of ${title}`;
  const pack = packWords(state.plan);
  const style = styleOf(input.tlp);
  const stands = state.phase === 'closed' ? `closed (${state.closedAs?.replaceAll('-', ' ') ?? ''})` : 'open';
  const roles = [...state.roles].map(([role, person]) => `${role}: ${person}`).join(', ');
  const notices = [
    ...(drill ? [DRILL_LINE] : []),
    ...(pack !== null && isUnsigned(state.plan) ? [pack] : []),
    ...noticesOf(input),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(name)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${html(heading(name))}</h1>${tlp(input)}</header>
${notices.map((notice) => `<p class="notice">${html(notice)}</p>\n`).join('')}<p>${html(company)} · incident ${htmlText(incidentId)} (${htmlText(state.codename)}) · ${htmlText(stands)} · severity <strong>${state.severity}</strong></p>
<p>As of <strong>${htmlText(both(now, zone))}</strong>. Steps: ${progress.done} done, ${progress.skipped} left out, ${progress.unsure} unsure, of ${progress.total}.</p>
${pack !== null && !isUnsigned(state.plan) ? `<p>${html(pack)}</p>\n` : ''}<p>Roles: ${roles === '' ? 'nobody took one' : html(roles)}.</p>
`;
}

const tableHead = (input: ExportInput): string => `<h2>Timeline</h2>
<p class="quiet"><strong>Happened</strong>: when it took place, ${htmlText(inZone(input.zone, ', with UTC beside it'))}. ± says how exactly that is known: exact, minute, estimated, or ? where nobody said when; no time is made up for it. <strong>Recorded</strong>: when it was written into the journal, always exact; how long after is said where it was a minute or more, and shaded from 15 minutes on. ★ marks what the summary keeps. [sealed] stands for text whose key is not here.</p>
<div id="controls" hidden>
<label>Find <input id="words" type="search" autocomplete="off" spellcheck="false" placeholder="all of these words"></label>
<label><input id="star" type="checkbox"> ★ alone</label>
<span class="quiet">/ to find, Esc to show all</span>
</div>
<p id="count" role="status"></p>
<div class="scroll"><table>
<thead><tr>${HEADS.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead>
<tbody id="rows">
`;

const foot = (input: ExportInput): string => {
  const { checkpoint, incidentId, tool, drill } = input;
  return `<h2>The journal that this was taken from</h2>
<p>${html(checkpoint.origin)}, ${checkpoint.size} entries, root hash <code>${checkpoint.root}</code>. Made with ${htmlText(tool)}; check it with <code>firebreak verify ${htmlText(incidentId)}</code>. The signed note:</p>
<pre class="quiet">${checkpoint.note.trimEnd().split('\n').map(htmlText).join('\n')}</pre>
${drill ? `<p class="notice">${DRILL_LINE}</p>\n` : ''}<footer>${tlp(input)}</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
};
