import type { ScopeFar, ScopeImported, ScopePreview, ScopeStopped } from '../../../app/scope-contract.ts';
import { SECOND } from '../../../base/duration.ts';
import { grouped } from '../../../base/grouped.ts';
import { commas, leftWords, rateWords } from '../../parts/far.ts';
import { blank, labelled, line, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { troubleLines } from '../../parts/outcome.ts';
import type { ScopeImportState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { hearImport, importDisabled, pressImport } from './import-state.ts';
import { scopeImportKeys } from './keys.ts';

const headLines = ({ asked, preview }: ScopeImportState, width: number): readonly Line[] => [
  ...labelled('File', asked.path, width, 'strong'),
  ...labelled('Mapping', preview.mapping, width),
  ...labelled('Channel', asked.channel ?? 'as the mapping says', width),
];

/** A shifted column is seen where an address stands under a name. */
const rowLines = ({ rows }: ScopePreview, width: number): readonly Line[] =>
  rows.length === 0
    ? []
    : [
        blank,
        line(span('The first rows, as they would be read', 'strong')),
        ...rows.flatMap(({ line: at, cells, doubts }) => {
          const named = Object.entries(cells).map(([name, text]) => `${name} ${text}`);
          const words = named.length === 0 ? 'nobody' : named.join('  ');
          return [
            ...wrap(line(span(`line ${at}  `, 'dim'), words), width, 4),
            ...doubts.flatMap((why) => paragraph(why, width, 'warn', 4)),
          ];
        }),
      ];

type Fault = Readonly<{ line: number; why: string }>;

const faultLines = (faults: readonly Fault[], title: string, width: number): readonly Line[] =>
  faults.length === 0
    ? []
    : [
        blank,
        line(span(title, 'strong')),
        ...faults.flatMap(({ line: at, why }) => wrap(line(span(`line ${at}  `, 'warn'), why), width, 2)),
      ];

const refusedLines = ({ refused, rows }: ScopePreview, width: number): readonly Line[] => [
  ...refused.flatMap((why) => paragraph(`DOES NOT FIT: ${why}`, width, 'bad')),
  ...(refused.length === 0 && rows.length === 0
    ? paragraph('No row was found: the mapping leads nowhere.', width, 'bad')
    : []),
];

const farWords = (far: ScopeFar | null): string => {
  if (far === null) return 'the file is being opened, esc stops';
  const { doing, rows, bytes, size, msSpent } = far;
  const percent = size === 0 ? '' : `${Math.min(100, Math.floor((bytes * 100) / size))} %`;
  const left = size === 0 ? '' : leftWords({ done: bytes, total: size, msSpent });
  return doing === 'hashing'
    ? commas([`${percent} hashed: the file is known by its hash`, left, 'esc stops'])
    : commas([
        `${percent}: ${grouped(rows)} rows`,
        rateWords(rows, msSpent, SECOND, 'a second'),
        left,
        'esc stops',
      ]);
};

const SHOWN = 20;

const importedLines = (report: ScopeImported, width: number): readonly Line[] => {
  const { scope, already, sha256, rows, ways, nobody, hidden, bad, faults } = report;
  if (already)
    return paragraph(
      `ALREADY THERE as ${scope}: the same file was read before, nothing was done again.`,
      width,
      'good',
    );
  const more = faults.length - SHOWN;
  return [
    ...paragraph(`READ: ${grouped(rows)} rows, as ${scope}.`, width, bad > 0 ? 'warn' : 'good'),
    ...paragraph(`${grouped(ways)} different ways in which somebody stands in it`, width, 'plain', 2),
    ...(nobody === 0 ? [] : paragraph(`${grouped(nobody)} rows name nobody`, width, 'plain', 2)),
    ...(hidden === 0
      ? []
      : paragraph(
          `${grouped(hidden)} cells held a secret or a card number and were left out`,
          width,
          'warn',
          2,
        )),
    ...(bad === 0
      ? []
      : paragraph(`${grouped(bad)} rows could not be read; the others were`, width, 'warn', 2)),
    ...labelled('Recorded', `with the file by its hash; sha256 ${sha256}`, width),
    ...paragraph('The file itself is not kept. Keep it where it is, or e attaches it as evidence.', width),
    ...faultLines(faults.slice(0, SHOWN), 'Rows that were not read, or not wholly', width),
    ...(more > 0 ? paragraph(`and ${grouped(more)} more: v on the screen before`, width, 'dim', 2) : []),
  ];
};

const stoppedLines = ({ rows, pieces }: ScopeStopped, width: number): readonly Line[] => [
  ...paragraph(`STOPPED after ${grouped(rows)} rows. Nothing of this file counts.`, width, 'warn'),
  ...(pieces === 0
    ? []
    : paragraph(
        `${grouped(pieces)} sealed pieces of it stay in the journal, which takes nothing back; no count reads them.`,
        width,
      )),
  ...paragraph('m and y begin it anew.', width),
];

const question = (state: ScopeImportState, world: World, width: number): readonly Line[] => {
  const not = importDisabled('scope-import:yes', state, world);
  return not === null
    ? paragraph(
        'y: read the whole file. esc: leave. Enter confirms nothing; nothing is kept yet.',
        width,
        'info',
      )
    : paragraph(`Not now: ${not}. esc: leave.`, width, 'warn');
};

const page = (state: ScopeImportState, world: World, room: Room): Page => {
  const width = room.columns;
  const { preview, report, trouble } = state;
  switch (state.stage) {
    case 'preview':
      return {
        lines: [
          ...headLines(state, width),
          ...refusedLines(preview, width),
          ...rowLines(preview, width),
          ...faultLines(preview.bad, 'Rows that cannot be read', width),
        ],
        foot: question(state, world, width),
      };
    case 'running':
      return {
        lines: headLines(state, width),
        foot: wrap(quiet(line(span('RUNNING ', 'info'), farWords(state.progress))), width),
      };
    case 'ended':
      return {
        lines: [
          ...(trouble === null ? [] : troubleLines(trouble, width)),
          ...(report === null
            ? []
            : report.is === 'imported'
              ? importedLines(report, width)
              : stoppedLines(report, width)),
        ],
        foot: [line(span('enter: go on', 'dim'))],
      };
  }
};

const titles = {
  preview: 'An export, as it would be read: nothing has been kept',
  running: 'Reading an export',
  ended: 'An export',
} as const;

export const scopeImportScreen: ScreenKind<ScopeImportState> = {
  keys: scopeImportKeys,
  title: ({ stage }) => titles[stage],
  typing: () => false,
  press: pressImport,
  hear: hearImport,
  page,
  disabled: importDisabled,
};
