import { onlyReadWords } from '../../only-read.ts';
import type { AskedSystem, AuditFinding, AuditReport, Due, Open, Since } from '../../../app/contract.ts';
import { withoutUnasked } from '../../../app/audit-words.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { lookBegun, lookHeard } from '../../parts/looking.ts';
import type { AuditState } from '../../places.ts';
import { doing, stay, type Next, type Press, type ScreenEvent, type World } from '../../screen.ts';

/** Nobody was asked yet: when the next audit is due is known from earlier ones. */
export const auditShown = ({ app, now }: World, due: Due): AuditState => ({
  at: 'audit',
  whose: app.whose,
  due,
  stage: 'shown',
  ...lookBegun(now),
  report: null,
  answered: {},
  stopped: false,
  chosen: 0,
  open: [],
  trouble: null,
});

type Kept = Since['mended'][number];
export type AuditRow =
  | Readonly<{ is: 'finding'; finding: AuditFinding; fresh: boolean }>
  | Readonly<{ is: 'question'; open: Open }>
  | Readonly<{ is: 'unasked'; system: AskedSystem }>
  | Readonly<{ is: 'mended' | 'unseen'; kept: Kept }>
  | Readonly<{ is: 'blind'; says: string }>;

/** A report about other systems than those of the app now is none: it is neither shown nor written, whatever led here. */
export const shownReport = ({ report, whose }: AuditState, { app }: World): AuditReport | null =>
  whose === app.whose ? report : null;

/** What to mend, whom to ask, what could not be seen: the worst first, and nothing of it left out. */
export const auditRows = (state: AuditState, world: World): readonly AuditRow[] => {
  const report = shownReport(state, world);
  if (report === null) return [];
  const rows = rowsOfReport.get(report) ?? rowsOf(report);
  rowsOfReport.set(report, rows);
  return rows;
};

/** Asked several times for each picture, and a report does not change: of tens of thousands of rows each time counts. */
const rowsOfReport = new WeakMap<AuditReport, readonly AuditRow[]>();

const rowsOf = ({ findings, questions, systems, since, blindSpots }: AuditReport): readonly AuditRow[] => {
  const keyOf = ({ rule, subject }: Kept): string => JSON.stringify([rule, subject]);
  const unasked = systems.filter(({ is }) => is === 'not-asked');
  const fresh = new Set(since.date === null ? [] : since.fresh.map(keyOf));
  return [
    ...findings.map((finding) => ({ is: 'finding' as const, finding, fresh: fresh.has(keyOf(finding)) })),
    ...questions.map((open) => ({ is: 'question' as const, open })),
    ...unasked.map((system) => ({ is: 'unasked' as const, system })),
    ...since.mended.map((kept) => ({ is: 'mended' as const, kept })),
    ...since.unseen.map((kept) => ({ is: 'unseen' as const, kept })),
    ...withoutUnasked(blindSpots, unasked).map((says) => ({ is: 'blind' as const, says })),
  ];
};

const chosenRow = (state: AuditState, world: World): AuditRow | undefined => {
  const rows = auditRows(state, world);
  return rows[clamp(state.chosen, rows.length)];
};

const NOTHING_YET = 'nothing was found yet: r asks';
const GOES_ON = 'the audit goes on: esc stops it';

export const auditDisabled = (id: string, state: AuditState, world: World): string | null => {
  const { stage } = state;
  switch (id) {
    case 'audit:ask':
      return stage === 'running' ? GOES_ON : null;
    case 'audit:fold':
    case 'audit:file':
      if (stage === 'running') return GOES_ON;
      if (shownReport(state, world) === null) return NOTHING_YET;
      if (id === 'audit:file')
        return state.whose === 'practice' ? 'practice keeps nothing, so there is nothing to write' : null;
      return auditRows(state, world).length === 0 ? 'there is nothing to fold out' : null;
    case 'audit:answer':
      return stage === 'running' ? GOES_ON : answerDisabled(state, world);
    default:
      return null;
  }
};

const answerDisabled = (state: AuditState, world: World): string | null => {
  if (shownReport(state, world) === null) return NOTHING_YET;
  if (state.whose === 'practice') return 'practice keeps nothing, so there is nothing to answer';
  if (world.readOnly) return onlyReadWords(world);
  return chosenRow(state, world)?.is === 'question' ? null : 'choose a question first, a row that says ASK';
};

const toggled = (open: readonly number[], at: number): readonly number[] =>
  open.includes(at) ? open.filter((one) => one !== at) : [...open, at];

const answering = (state: AuditState, world: World): Next<AuditState> => {
  const row = chosenRow(state, world);
  if (row?.is !== 'question') return stay(state);
  const { id, asks } = row.open.question;
  return doing(state, { do: 'form', purpose: { for: 'audit-answer', question: id, asks } });
};

const filing = (state: AuditState, world: World): Next<AuditState> => {
  const report = shownReport(state, world);
  return report === null
    ? stay(state)
    : doing(state, { do: 'form', purpose: { for: 'audit-file', report, whose: state.whose } });
};

export const pressAudit = (state: AuditState, press: Press, world: World): Next<AuditState> => {
  if (press.is !== 'command') return stay(state);
  const total = auditRows(state, world).length;
  const moved = moveBy(press.id, state.chosen, total);
  if (moved !== null) return stay({ ...state, chosen: moved });
  switch (press.id) {
    case 'audit:fold':
      return stay({ ...state, open: toggled(state.open, clamp(state.chosen, total)) });
    case 'audit:ask':
      return doing(begun(state, world), { do: 'run-audit' });
    case 'audit:answer':
      return answering(state, world);
    case 'audit:file':
      return filing(state, world);
    case 'app:back':
      return state.stage === 'running'
        ? doing(state, { do: 'stop', job: 'audit' })
        : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

const begun = (state: AuditState, world: World): AuditState => ({
  ...auditShown(world, state.due),
  stage: 'running',
});

/** What is worst is read first: it lies open. */
const ended = (state: AuditState, report: AuditReport | null): AuditState => ({
  ...state,
  stage: 'ended',
  under: [],
  report,
  due: report?.due ?? state.due,
  stopped: report === null,
  open: report !== null && report.findings.length > 0 ? [0] : [],
});

export const hearAudit = (state: AuditState, event: ScreenEvent, { now }: World): Next<AuditState> => {
  if (event.is === 'checking') return stay({ ...state, ...lookHeard(state, event, now) });
  if (event.is === 'audited') return stay(ended(state, event.report));
  if (event.is === 'answered')
    return stay({ ...state, answered: { ...state.answered, [event.question]: event.answer } });
  return event.is === 'failed'
    ? stay({ ...state, stage: 'ended', under: [], trouble: event.trouble })
    : stay(state);
};
