import { formatDistance } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import type { Alarm, Window } from '../incident/anchored.ts';
import type { IncidentState } from '../incident/state.ts';
import type { AnchorFault, AnchorKind } from '../model/anchor.ts';

/**
 * What could still be rewritten unseen, as one figure: how far the journal is ahead of what stands elsewhere. `size` counts the
 * entries that are covered, 0 for none; `behindMs` is the age of the oldest that is not.
 */
export type AnchorsView = Readonly<{
  configured: readonly Readonly<{ name: string; type: AnchorKind }>[];
  size: number;
  behind: number;
  behindMs: number | null;
  /** Something that cannot be undone is not covered yet. */
  urgent: boolean;
  failing: readonly Readonly<{ name: string; since: Instant; fault: AnchorFault }>[];
  /** Sent where nobody can read it back; `size` is the newest. */
  copies: readonly Readonly<{ name: string; size: number }>[];
  alarms: readonly Alarm[];
}>;

/** `unrecorded`: what contradicts the journal and is not in it yet. */
export const anchorsView = (
  state: IncidentState,
  { size, behind, since, urgentSince }: Window,
  configured: AnchorsView['configured'],
  now: Instant,
  unrecorded: readonly Alarm[] = [],
): AnchorsView => {
  const by = [...state.anchors.by];
  return {
    configured,
    size,
    behind,
    behindMs: since === null ? null : Math.max(0, now - since),
    urgent: urgentSince !== null,
    failing: by.flatMap(([name, { failing }]) =>
      failing === null ? [] : [{ name, since: failing.since, fault: failing.fault }],
    ),
    copies: by.flatMap(([name, { copied }]) => (copied === null ? [] : [{ name, size: copied.size }])),
    alarms: [...state.anchors.alarms, ...unrecorded],
  };
};

/** `anchored to #41, 3 entries / 12 s behind`: short enough for a status line. */
export const anchoredWords = ({ configured, size, behind, behindMs }: AnchorsView): string => {
  if (configured.length === 0 && size === 0) return 'no anchor configured';
  const open = behind === 0 ? 'nothing behind' : `${behind} ${behind === 1 ? 'entry' : 'entries'}`;
  const age = behind === 0 || behindMs === null ? '' : ` / ${formatDistance(-behindMs)}`;
  if (size === 0) return `not anchored yet, ${open}${age}`;
  return behind === 0
    ? `anchored to #${size - 1}, nothing behind`
    : `anchored to #${size - 1}, ${open}${age} behind`;
};

const URGENT_MS = 10_000;
const ROUTINE_MS = 60_000;

/** Whether the window is open for longer than it should be: ten seconds after what cannot be undone, a minute after the rest. */
export const isLate = ({ configured, behind, behindMs, urgent }: AnchorsView): boolean =>
  configured.length > 0 && behind > 0 && (behindMs ?? 0) > (urgent ? URGENT_MS : ROUTINE_MS);

/**
 * `unanchored: 3 / 10 s` for a status line that is drawn again and again: the age moves in steps of ten seconds, then of minutes.
 * Empty where no place is configured: that is said elsewhere, once.
 */
export const windowWords = (view: AnchorsView): string => {
  const { configured, behind, behindMs } = view;
  if (configured.length === 0) return '';
  if (behind === 0) return 'anchored';
  const age = behindMs ?? 0;
  const step = age < ROUTINE_MS ? URGENT_MS : ROUTINE_MS;
  const about = Math.floor(age / step) * step;
  return `${isLate(view) ? 'LATE, ' : ''}unanchored: ${behind} / ${about === 0 ? '<10 s' : shortDuration(about)}`;
};

const shortDuration = (ms: number): string => formatDistance(-ms).replace(' 00 s', '');

const alarmed: Readonly<Record<Exclude<Alarm['is'], 'key-lost'>, string>> = {
  changed: 'was changed where it stood',
  gone: 'is gone from where it stood',
  shorter: 'counts more entries than there are: this is an older copy',
  other: 'tells another story than this journal',
};

/** One line an alarm, newest last: loud, and with what it rests on. */
export const alarmWords = ({ alarms }: AnchorsView): readonly string[] =>
  alarms.map(({ n, is, anchor, size }) => {
    if (is === 'key-lost')
      return `ALARM (entry #${n ?? size}): the key that signed until there was gone: whether entries were cut off in front of it, no key can tell`;
    const where = anchor === null ? '' : ` at ${anchor}`;
    return `ALARM${n === null ? '' : ` (entry #${n})`}: the checkpoint over ${size} entries${where} ${alarmed[is]}`;
  });

const faults: Readonly<Record<AnchorFault, string>> = {
  unreachable: 'does not answer',
  refused: 'refuses',
  'not-configured': 'is not set up',
  'not-read-back': 'takes it, but it cannot be read back',
  differs: 'gives back something else',
};

export const failingWords = ({ failing }: AnchorsView): readonly string[] =>
  failing.map(
    ({ name, fault }) => `anchor ${name} ${faults[fault]}; nothing waits for it, and it is tried again`,
  );
