import type { AuditReport, Open } from '../../../app/contract.ts';
import { dueWords } from '../../../app/audit-words.ts';
import { keyOf } from '../../keys.ts';
import { drawnList } from '../../parts/drawn.ts';
import { commas, counted } from '../../parts/far.ts';
import { blank, line, pad, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { clamp } from '../../parts/list.ts';
import { lookingLines } from '../../parts/looking.ts';
import { troubleLines } from '../../parts/outcome.ts';
import { limitsOf, whoseLines } from '../../parts/whose.ts';
import type { AuditState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import type { Tone } from '../../theme.ts';
import { auditKeys } from './keys.ts';
import { auditDisabled, auditRows, hearAudit, pressAudit, shownReport, type AuditRow } from './state.ts';

/** The quarterly look at what exists: what to mend, whom to ask, and what nobody could see. */

type Shown = Readonly<{ word: string; tone: Tone; text: string; more: readonly string[]; fix?: string }>;

const severityTones = { critical: 'bad', high: 'bad', medium: 'warn', low: 'plain' } as const;

const questionMore = ({ question, due, last }: Open): readonly string[] => [
  question.of === null ? 'Nobody is named who should know it.' : `Who should know: ${question.of}`,
  last === null
    ? `It was ${due}.`
    : `It was ${due}: ${last.answer}, by ${last.by} on ${last.date}${last.note === '' ? '' : `, ${last.note}`}`,
  ...(question.because === null ? [] : [`Why a person is asked: ${question.because}`]),
];

const shownRow = (row: AuditRow, state: AuditState, world: World): Shown => {
  switch (row.is) {
    case 'finding': {
      const { severity, found, why, owner, rule, subject, fix } = row.finding;
      return {
        word: severity.toUpperCase(),
        tone: severityTones[severity],
        text: `${row.fresh ? 'NEW: ' : ''}${found}`,
        more: [`Why: ${why}`, `Owner: ${owner ?? 'nobody'}`, `Rule: ${rule} on ${subject}`],
        fix,
      };
    }
    case 'question': {
      const { id, asks } = row.open.question;
      const answer = state.answered[id];
      const text = answer === undefined ? asks : `${asks} ${answer}`;
      const next =
        answer === undefined
          ? `${keyOf(world.look, 'audit:answer')} answers it: yes, no or unknown.`
          : 'Kept. The next audit judges it.';
      return answer === undefined
        ? { word: 'ASK', tone: 'info', text, more: [...questionMore(row.open), next] }
        : { word: 'ANSWERED', tone: 'good', text, more: [...questionMore(row.open), next] };
    }
    case 'unasked': {
      const { instance, why, fix } = row.system;
      return { word: 'NOT ASKED', tone: 'warn', text: `${instance}: ${why}`, more: [], fix };
    }
    case 'mended':
      return { word: 'MENDED', tone: 'good', text: row.kept.found, more: [`Rule: ${row.kept.rule}`] };
    case 'unseen':
      return {
        word: 'NOT SEEN',
        tone: 'warn',
        text: row.kept.found,
        more: ['Found before, and its system was not asked this time: not known to be mended.'],
      };
    case 'blind':
      return { word: 'BLIND', tone: 'dim', text: row.says, more: ['What no listing shows.'] };
  }
};

const WORD = 10;
const HANG = WORD + 2;

const rowLines = (shown: Shown, chosen: boolean, open: boolean, width: number): readonly Line[] => {
  const head = line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(pad(shown.word, WORD), shown.tone),
    span(shown.text, chosen ? 'focus' : 'plain'),
  );
  return [
    ...wrap(head, width, HANG),
    ...(open
      ? [
          ...(shown.fix === undefined ? [] : paragraph(`Fix: ${shown.fix}`, width, 'strong', HANG)),
          ...shown.more.flatMap((one) => paragraph(one, width, 'plain', HANG)),
        ]
      : []),
  ];
};

const sinceWords = ({ since }: AuditReport): string => {
  if (since.date === null) return '';
  const { fresh, mended, still, unseen } = since;
  return ` Since ${since.date}: ${fresh.length} new, ${mended.length} mended, ${still.length} still there, ${unseen.length} not looked at again.`;
};

/** Nobody was asked is not the same as nothing was found. */
const verdict = (report: AuditReport, state: AuditState, width: number): readonly Line[] => {
  const { findings, questions, systems } = report;
  const limits = limitsOf[state.whose];
  if (systems.length === 0)
    return paragraph(
      `No system is configured in firebreak.yaml, so nobody was asked and this counts as no audit.${limits}`,
      width,
      'warn',
    );
  const of = (severity: keyof typeof severityTones): number =>
    findings.filter((one) => one.severity === severity).length;
  const found = commas(
    counted([
      [of('critical'), 'critical'],
      [of('high'), 'high'],
      [of('medium'), 'medium'],
      [of('low'), 'low'],
    ]),
  );
  const open = questions.filter(({ question }) => state.answered[question.id] === undefined).length;
  const rest = commas(
    counted([
      [open, open === 1 ? 'question is open' : 'questions are open'],
      [systems.filter(({ is }) => is === 'not-asked').length, 'not asked'],
    ]),
  );
  const said = `${found === '' ? 'Nothing was found' : `Found: ${found}`}${rest === '' ? '' : `; ${rest}`}.`;
  const tone = of('critical') + of('high') > 0 ? 'bad' : findings.length + open > 0 ? 'warn' : 'good';
  return [
    ...paragraph(`${said}${sinceWords(report)}${limits}`, width, state.whose === 'own' ? tone : 'warn'),
    ...paragraph(dueWords(report.due, 'every system must be asked for one.'), width, 'dim'),
  ];
};

const shownPage = (state: AuditState, world: World, room: Room): Page => ({
  lines: [
    ...whoseLines(state.whose, world.app, room.columns),
    blank,
    ...paragraph(
      dueWords(state.due, 'this would be the first.'),
      room.columns,
      state.due.overdue ? 'warn' : 'plain',
    ),
    blank,
    ...paragraph(
      `${keyOf(world.look, 'audit:ask')} asks every configured system what exists there, and holds it against inventory.yaml. It only reads there.`,
      room.columns,
      'strong',
    ),
    ...paragraph(
      world.readOnly
        ? 'It counts as no audit: --read-only was given, so nothing is kept.'
        : 'What is found is kept on this machine, and counts as the audit of this quarter.',
      room.columns,
    ),
  ],
});

const withoutReport = (state: AuditState, world: World, room: Room): Page => {
  const head = whoseLines(world.app.whose, world.app, room.columns);
  if (state.trouble !== null) return { lines: [...head, ...troubleLines(state.trouble, room.columns)] };
  const again = `${keyOf(world.look, 'audit:ask')} asks again.`;
  const why = state.stopped
    ? `STOPPED. Half an audit says nothing, so nothing is shown and nothing was kept. ${again}`
    : `What was found was about other systems than these, so it is not shown. ${again}`;
  return { lines: [...head, ...paragraph(why, room.columns, 'warn')] };
};

const endedPage = (state: AuditState, world: World, room: Room): Page => {
  const report = shownReport(state, world);
  if (report === null || state.trouble !== null) return withoutReport(state, world, room);
  const width = room.columns;
  const foot = verdict(report, state, width);
  const rows = auditRows(state, world);
  const chosen = clamp(state.chosen, rows.length);
  const top = [...whoseLines(state.whose, world.app, width), blank];
  const list = drawnList(rows, { top, chosen, inSight: room.rows - foot.length }, (row, i) =>
    rowLines(shownRow(row, state, world), i === chosen, state.open.includes(i), width),
  );
  return { ...list, foot };
};

const page = (state: AuditState, world: World, room: Room): Page => {
  switch (state.stage) {
    case 'shown':
      return shownPage(state, world, room);
    case 'running':
      return {
        lines: [
          ...whoseLines(state.whose, world.app, room.columns),
          blank,
          ...lookingLines(state, world.now, room.columns),
        ],
        foot: wrap(
          quiet(line(span('RUNNING ', 'info'), 'every question only reads, esc stops')),
          room.columns,
        ),
      };
    case 'ended':
      return endedPage(state, world, room);
  }
};

export const auditScreen: ScreenKind<AuditState> = {
  keys: auditKeys,
  title: ({ stage }) =>
    stage === 'running' ? 'Audit: asking what exists' : 'Audit: what exists that nobody looks after',
  typing: () => false,
  press: pressAudit,
  hear: hearAudit,
  page,
  disabled: auditDisabled,
};
