import { join } from 'node:path';
import { verifyJournal } from '../../src/journal/check.ts';
import { hear, lostOf, noAcks, type Acks } from './acks.ts';
import type { MailerConfig, MailerDie } from './child/mailer.ts';
import { programsFor, type Drivers } from './drivers.ts';
import { AT_ONCE, mailingOf, openPostBox, type Mailing, type Moment, type PostBox } from './mailing.ts';
import { together, type Found } from './report.ts';
import { below, chance, pick, pool, shuffled, timer, type Ended, type Rig } from './rig.ts';
import { mailPower } from './sending-power.ts';
import { storedHashes } from './stored.ts';

/** kill -9 of a program that sends letters, at every durable boundary, again and again: each reader gets one, and none is left out. */

const LETTERS = 36;
const STARTS_MAX = 8;

type Boundary =
  | Readonly<{ at: 'journal'; die: MailerDie }>
  /** So many milliseconds after the server has seen so much. */
  | Readonly<{ at: 'server'; moment: Moment; nth: number; ms: number }>;

type Make = (nth: number, next: () => number) => Boundary;

const journal =
  (at: MailerDie['at'], when: MailerDie['when'], once = false): Make =>
  (nth) => ({ at: 'journal', die: { at, when, nth: once ? 1 : nth } });
const server =
  (moment: Moment, msMax = 0): Make =>
  (nth, next) => ({ at: 'server', moment, nth, ms: below(next, msMax + 1) });

const BOUNDARIES: readonly Make[] = [
  journal('approval.used', 'after', true),
  journal('mail.intent', 'before', true),
  journal('mail.intent', 'after', true),
  journal('row.intent', 'before'),
  journal('row.intent', 'after'),
  server('begun'),
  server('data'),
  server('dropped'),
  server('kept'),
  server('answered'),
  journal('row.outcome', 'before'),
  journal('row.outcome', 'after'),
  journal('mail.outcome', 'before', true),
  journal('mail.outcome', 'after', true),
  server('answered', 12),
];

type Plan = Readonly<{ name: string; boundaries: readonly Boundary[]; mode: MailerConfig['mode'] }>;
type Parts = Readonly<{ mailing: Mailing; mailers: Drivers<MailerConfig> }>;

/** Starts the program once and kills it where it was said. */
const once = async (
  mailers: Parts['mailers'],
  config: MailerConfig,
  box: PostBox,
  boundary: Boundary | null,
): Promise<Ended> => {
  const die = boundary?.at === 'journal' ? boundary.die : null;
  const { kill, ended } = mailers.start({ ...config, die });
  box.calm();
  if (boundary?.at === 'server') {
    const { moment, nth, ms } = boundary;
    box.at(moment, nth, () => (ms === 0 ? kill() : void setTimeout(kill, ms)));
  }
  return await ended;
};

const wordsOf = ({ lines }: Ended, word: string): readonly (readonly string[])[] =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(' ').slice(1));

/** What the program that came to its end says of the letters, and what a person then finds in the log of the server. */
const lookedUp = async (last: Ended, box: PostBox): Promise<MailerConfig['looked']> => {
  const log = await box.taken();
  const doubts = wordsOf(last, 'unsure').map(([n, reader = '']) => ({ n: Number(n), had: log.has(reader) }));
  return {
    taken: doubts.filter(({ had }) => had).map(({ n }) => n),
    lost: doubts.filter(({ had }) => !had).map(({ n }) => n),
  };
};

const NOT_LOOKED: MailerConfig['looked'] = { taken: [], lost: [] };

/** How many were newly in doubt at each start. */
const newDoubts = (starts: readonly Ended[]): readonly number[] => {
  const doubts = starts.flatMap((one) => wordsOf(one, 'doubt').map(([count]) => Number(count)));
  return doubts.map((count, i) => count - (doubts[i - 1] ?? 0));
};

const standsAt = ({ lines }: Ended): string =>
  lines.findLast((line) => line.startsWith('stand '))?.slice('stand '.length) ?? '{}';

const runOnce = async ({ mailing, mailers }: Parts, plan: Plan): Promise<Found> => {
  const { name, boundaries, mode } = plan;
  const { folder, home } = mailing.fresh();
  const box = await openPostBox(join(folder, 'taken'));
  const { incident, file, readers } = mailing;
  const config: MailerConfig = {
    home,
    incident,
    mailing: mailing.mailing,
    file,
    port: box.port,
    die: null,
    mode,
    looked: NOT_LOOKED,
  };
  const acks: Acks = noAcks();
  const starts: Ended[] = [];
  const start = async (more: Partial<MailerConfig>, boundary: Boundary | null): Promise<Ended> => {
    const ended = await once(mailers, { ...config, ...more }, box, boundary);
    await box.taken();
    hear(ended.lines, acks);
    starts.push(ended);
    return ended;
  };
  try {
    let last = await start({}, boundaries[0] ?? null);
    for (let i = 1; i < STARTS_MAX && last.signal === 'SIGKILL'; i += 1)
      last = await start({}, boundaries[i] ?? null);
    const kills = starts.filter(({ signal }) => signal === 'SIGKILL').length;
    const unsure = wordsOf(last, 'unsure').length;
    const looked = await lookedUp(last, box);
    if (unsure > 0) last = await start({ looked }, null);
    const log = await box.taken();
    const doubled = readers.reduce((sum, one) => sum + Math.max(0, (log.get(one) ?? 0) - 1), 0);
    const missing = readers.filter((one) => !log.has(one)).length;
    const path = mailing.journalIn(home);
    const { findings } = verifyJournal(path);
    const { taken = 0 } = JSON.parse(standsAt(last)) as { taken?: number };
    const crowd = newDoubts(starts).filter((count) => count > AT_ONCE);
    const broken = [
      ...(last.lines.at(-1) === 'end' ? [] : [`it never came to its end: ${last.stderr}`]),
      ...(taken === readers.length ? [] : [`of ${readers.length} letters stand: ${standsAt(last)}`]),
      ...crowd.map((count) => `${count} in doubt after one kill, over ${AT_ONCE} connections`),
      ...findings.map(({ says }) => says),
    ].map((says) => `${name}: ${says}`);
    return { kills, unsure, doubled, lost: missing + lostOf(storedHashes(path), acks), broken };
  } finally {
    await box.close();
  }
};

/** Every boundary as the first kill of a run, at a chance letter, and up to two others behind it. */
const plansFor = (rig: Rig): readonly Plan[] => {
  const next = chance(rig.seed + 5);
  return Array.from({ length: rig.full ? 20 : 1 }, () => BOUNDARIES)
    .flat()
    .map((first, i): Plan => {
      const more = Array.from({ length: below(next, 3) }, () =>
        pick(next, BOUNDARIES)(1 + below(next, 6), next),
      );
      const boundaries = [first(1 + below(next, LETTERS / 2), next), ...more];
      return { name: `sending run ${i} (${JSON.stringify(boundaries)})`, boundaries, mode: 'row-first' };
    });
};

/** Nothing written down before it leaves: killed behind a letter that was kept, it knows nothing of it. */
const CONTROL: Plan = {
  name: 'control',
  boundaries: [{ at: 'server', moment: 'kept', nth: 9, ms: 0 }],
  mode: 'no-row',
};

const killed = async (rig: Rig): Promise<Found> => {
  const mailers = programsFor<MailerConfig>(rig, rig.workers, 'mailer');
  try {
    const parts: Parts = { mailing: await mailingOf(rig, LETTERS), mailers };
    const over = timer(rig, 'sending', 22);
    const control = await runOnce(parts, CONTROL);
    const plans = shuffled(chance(rig.seed), plansFor(rig));
    const found = await pool(plans, rig.workers, async (one) => await runOnce(parts, one), over);
    rig.say(`  ${found.length} of ${plans.length} runs of ${LETTERS} letters`);
    return { ...together(found), controls: { 'send, then write it down': (control.doubled ?? 0) > 0 } };
  } finally {
    mailers.close();
  }
};

export const sending = async (rig: Rig): Promise<Found> =>
  together(await Promise.all([killed(rig), mailPower(rig)]));
