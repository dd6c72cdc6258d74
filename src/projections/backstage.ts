import type { Backstage, Queued } from '../model/facilitation.ts';

/** The facilitator's page in words, the same on a screen and in a pipe. `urgent`: what asks for an eye now. */
export type Part = Readonly<{ head: string; rows: readonly Row[] }>;
export type Row = Readonly<{ text: string; urgent: boolean }>;

const row = (text: string, urgent = false): Row => ({ text, urgent });

/** Minutes after the page, as a facilitator's sheet has them. */
const minuteWords = (minute: number | null): string => (minute === null ? 'T+?' : `T+${minute}`);

const expected = ({ expect, within }: Queued): string => {
  if (expect.length === 0) return '';
  const steps = expect.map(({ step, done }) => `${step}${done ? ' (done)' : ''}`).join(', ');
  return `; expect ${steps}${within === null ? '' : ` within ${within} min`}`;
};

const late = ({ state, minute, expect, within }: Queued, now: number): boolean =>
  state === 'arrived' &&
  within !== null &&
  minute !== null &&
  now > minute + within &&
  expect.some(({ done }) => !done);

const queuedRow = (one: Queued, now: number): Row => {
  const when = one.state === 'conditional' && one.condition !== null ? ` if ${one.condition}` : '';
  const overdue = late(one, now);
  return row(
    `${minuteWords(one.minute)} ${one.state.toUpperCase()} ${one.id}: ${one.channel} from ${one.from} to ${one.to}${when}${expected(one)}${overdue ? '; LATE' : ''}`,
    overdue || one.state === 'due',
  );
};

const standWords = ({ minute, speed, paused, over }: Backstage): string => {
  if (over !== null) return `T+${minute}, over: ${over}`;
  if (paused) return `T+${minute}, time stands still`;
  return `T+${minute}${speed === 1 ? '' : `, ${speed} times as fast as a watch`}`;
};

const playersRows = ({ players }: Backstage): readonly Row[] => [
  row(
    players.step === null
      ? `no step left (${players.done} of ${players.total})`
      : `${players.done} of ${players.total} steps; now at ${players.step}: ${players.title ?? ''}`,
  ),
  players.acknowledged === null
    ? row('nobody has acknowledged the page', true)
    : row(`page acknowledged at ${minuteWords(players.acknowledged)}`),
];

const attackerRow = (one: Backstage['attackers'][number]): Row => {
  const taken = `${one.tries} tries, ${one.taken} ${one.unit} taken`;
  if (one.gets_in === null) return row(`${one.says}: has not tried yet`);
  return row(`${one.says}: ${one.gets_in ? 'GETS IN' : 'is refused'} (${taken})`, one.gets_in);
};

const trapRow = ({ id, says, points, sprung }: Backstage['traps'][number]): Row =>
  sprung === null
    ? row(`not taken ${id}: ${says}`)
    : row(`SPRUNG at ${minuteWords(sprung)} ${id} (${points} points): ${says}`, true);

const troubleRows = ({ lost, slept_minutes: slept, assists }: Backstage): readonly Row[] => [
  ...lost.map((instance) =>
    row(
      `The simulator of ${instance} is gone: what it was to show is not measured. The drill can go on.`,
      true,
    ),
  ),
  ...(slept === 0 ? [] : [row(`The machine slept for ${slept} minutes; they do not count.`)]),
  ...(assists === 0 ? [] : [row(`The players were helped ${assists === 1 ? 'once' : `${assists} times`}.`)]),
];

/** Clocks that count or have counted; those that never began say nothing to a facilitator. */
const QUIET: ReadonlySet<string> = new Set(['idle', 'ruled-out']);

export const backstageParts = (page: Backstage, moment: (at: number) => string): readonly Part[] =>
  [
    { head: 'Time', rows: [row(standWords(page)), ...troubleRows(page)] },
    { head: 'Players', rows: playersRows(page) },
    { head: 'Attackers', rows: page.attackers.map(attackerRow) },
    { head: 'Messages', rows: page.queue.map((one) => queuedRow(one, page.minute)) },
    { head: 'Traps', rows: page.traps.map(trapRow) },
    {
      head: 'Clocks',
      rows: page.clocks
        .filter(({ standing }) => !QUIET.has(standing))
        .map(({ duty, title, standing, due }) =>
          row(
            `${standing} ${title} (${duty})${due === null ? '' : `, due ${moment(due)}`}`,
            standing === 'overdue',
          ),
        ),
    },
    { head: 'Truth', rows: [row(page.truth)] },
  ].filter(({ rows }) => rows.length > 0);
