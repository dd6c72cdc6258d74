import { onlyReadWords } from '../../only-read.ts';
import type { AskedSystem, Difference, SyncReport } from '../../../app/contract.ts';
import { withoutUnasked } from '../../../app/audit-words.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { lookBegun, lookHeard } from '../../parts/looking.ts';
import type { DifferenceState } from '../../places.ts';
import { doing, stay, type Next, type Press, type ScreenEvent, type World } from '../../screen.ts';

export const comparing = ({ app, now }: World): DifferenceState => ({
  at: 'difference',
  whose: app.whose,
  stage: 'running',
  ...lookBegun(now),
  report: null,
  draft: null,
  written: null,
  stopped: false,
  chosen: 0,
  open: [],
  trouble: null,
});

export type DifferenceRow =
  | Readonly<{ is: 'difference'; difference: Difference }>
  | Readonly<{ is: 'unowned'; id: string; title: string }>
  | Readonly<{ is: 'unasked'; system: AskedSystem }>
  | Readonly<{ is: 'blind'; says: string }>;

/** What was found at other systems than those of the app now is nothing: it is neither shown nor written. */
export const shownSync = ({ report, whose }: DifferenceState, { app }: World): SyncReport | null =>
  whose === app.whose ? report : null;

export const differenceRows = (state: DifferenceState, world: World): readonly DifferenceRow[] => {
  const report = shownSync(state, world);
  if (report === null) return [];
  const rows = rowsOfReport.get(report) ?? rowsOf(report);
  rowsOfReport.set(report, rows);
  return rows;
};

/** Made once: a list is drawn at every key, and a report does not change. */
const rowsOfReport = new WeakMap<SyncReport, readonly DifferenceRow[]>();

const rowsOf = ({ differences, unowned, systems, blindSpots }: SyncReport): readonly DifferenceRow[] => {
  const unasked = systems.filter(({ is }) => is === 'not-asked');
  return [
    ...differences.map((difference) => ({ is: 'difference' as const, difference })),
    ...unowned.map(({ id, title }) => ({ is: 'unowned' as const, id, title })),
    ...unasked.map((system) => ({ is: 'unasked' as const, system })),
    ...withoutUnasked(blindSpots, unasked).map((says) => ({ is: 'blind' as const, says })),
  ];
};

const GOES_ON = 'the systems are being asked: esc stops it';

export const differenceDisabled = (id: string, state: DifferenceState, world: World): string | null => {
  const { stage } = state;
  if (!ACTS.has(id)) return null;
  if (stage === 'running') return GOES_ON;
  if (id === 'difference:again') return null;
  const report = shownSync(state, world);
  if (report === null) return 'nothing was found yet: r asks';
  if (id === 'difference:fold')
    return stage === 'ended' ? null : 'esc goes back to the differences, which can be folded out';
  if (stage === 'written') return 'it is written already';
  if (report.writes === 0) return 'there is nothing that the tool could write';
  if (state.whose !== 'own') return 'practice keeps nothing, so there is no file to write to';
  if (world.readOnly) return onlyReadWords(world);
  if (id === 'difference:preview') return stage === 'preview' ? 'this is what would be written' : null;
  return stage === 'preview' ? null : 'look at what would be written first: p';
};
const ACTS: ReadonlySet<string> = new Set([
  'difference:again',
  'difference:fold',
  'difference:preview',
  'difference:write',
]);

const toggled = (open: readonly number[], at: number): readonly number[] =>
  open.includes(at) ? open.filter((one) => one !== at) : [...open, at];

const back = (state: DifferenceState): Next<DifferenceState> => {
  if (state.stage === 'running') return doing(state, { do: 'stop', job: 'difference' });
  return state.stage === 'preview'
    ? stay({ ...state, stage: 'ended', draft: null })
    : doing(state, { do: 'back' });
};

export const pressDifference = (
  state: DifferenceState,
  press: Press,
  world: World,
): Next<DifferenceState> => {
  if (press.is !== 'command') return stay(state);
  const total =
    state.stage === 'preview' ? (state.draft?.lines.length ?? 0) : differenceRows(state, world).length;
  const moved = moveBy(press.id, state.chosen, total);
  if (moved !== null) return stay({ ...state, chosen: moved });
  const report = shownSync(state, world);
  switch (press.id) {
    case 'app:back':
      return back(state);
    case 'difference:fold':
      return stay({ ...state, open: toggled(state.open, clamp(state.chosen, total)) });
    case 'difference:again':
      return doing(state, { do: 'compare' });
    case 'difference:preview':
      return report === null ? stay(state) : doing(state, { do: 'draft-inventory', report });
    case 'difference:write':
      return report === null ? stay(state) : doing(state, { do: 'write-inventory', report });
    default:
      return stay(state);
  }
};

const ended = (state: DifferenceState, report: SyncReport | null): DifferenceState => ({
  ...state,
  stage: 'ended',
  under: [],
  report,
  stopped: report === null,
  open: report !== null && report.differences.length > 0 ? [0] : [],
});

export const hearDifference = (
  state: DifferenceState,
  event: ScreenEvent,
  { now }: World,
): Next<DifferenceState> => {
  if (event.is === 'checking') return stay({ ...state, ...lookHeard(state, event, now) });
  if (event.is === 'compared') return stay(ended(state, event.report));
  if (event.is === 'drafted') return stay({ ...state, stage: 'preview', draft: event.draft, chosen: 0 });
  if (event.is === 'inventory-written')
    return stay({ ...state, stage: 'written', draft: null, written: event.written });
  return event.is === 'failed'
    ? stay({ ...state, stage: 'ended', under: [], trouble: event.trouble })
    : stay(state);
};
