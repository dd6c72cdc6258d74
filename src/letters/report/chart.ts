import { formatUtc } from '../../base/instant.ts';
import { escapeHtml, visible } from '../../base/text.ts';
import type { AfterAction } from '../../projections/after-action/view.ts';
import type { Series } from '../../projections/after-action/compare.ts';

/** The comparison with earlier drills as a drawing: one band a measure, a bar a drill, the figure beside it in words. */

const [WIDTH, LABELS, BAND, BAR] = [760, 300, 58, 14] as const;
const COLOURS = { met: '#2b6a4d', missed: '#a8001c' } as const;

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x}" y="${y}"${more}>${escapeHtml(visible(words))}</text>`;

export function chartOf(view: AfterAction): string {
  const drills = [...view.earlier, view.record];
  const shown = view.comparison;
  const top = 74;
  const height = top + shown.length * BAND + 30;
  const name = `DRILL ${view.record.codename}: measures of the last ${drills.length} drills of ${view.record.runbook ?? ''}`;
  const days = drills.map(
    (drill, i) => `${i + 1}: ${drill.codename}, ${formatUtc(drill.begunAt).slice(0, 10)}`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="Arial, sans-serif" font-size="12">`,
    `<title>${escapeHtml(visible(name))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(20, 28, name, ' font-size="15" font-weight="bold"'),
    text(20, 48, days.join('   '), ' fill="#4a4a4a"'),
    ...shown.flatMap((one, i) => band(one, top + i * BAND)),
    text(20, height - 10, 'DRILL: an exercise. Nothing in this drawing has happened.', ' fill="#a8001c"'),
    '</svg>',
  ].join('\n')}\n`;
}

function band(one: Series, y: number): readonly string[] {
  const most = Math.max(...one.points.map((point) => point?.number ?? 0), 0);
  const room = WIDTH - LABELS - 170;
  return [
    text(20, y + 16, one.title, ' font-weight="bold"'),
    text(20, y + 33, `target ${one.target}`, ' fill="#4a4a4a"'),
    ...one.points.flatMap((point, i) => {
      const line = y + i * (BAR + 3);
      const words = point === null ? 'not measured' : `${point.value}${point.met ? '' : ', target missed'}`;
      const long = most === 0 || point?.number == null ? 0 : Math.round((point.number / most) * room);
      const colour = point === null || point.met ? COLOURS.met : COLOURS.missed;
      return [
        text(LABELS - 16, line + BAR - 3, String(i + 1), ' fill="#4a4a4a"'),
        `<rect x="${LABELS}" y="${line}" width="${Math.max(long, 1)}" height="${BAR}" fill="${colour}"/>`,
        text(LABELS + long + 8, line + BAR - 3, words),
      ];
    }),
  ];
}
