import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyJournal } from '../../src/journal/check.ts';
import { hear, lostOf, noAcks } from './acks.ts';
import type { MailerConfig } from './child/mailer.ts';
import { mailingOf, openPostBox, type Mailing } from './mailing.ts';
import { replay, type PowerTask } from './power.ts';
import { together, type Found } from './report.ts';
import { shard, type Rig } from './rig.ts';
import { storedBegun, storedHashes } from './stored.ts';
import { record, straceMissing } from './strace.ts';

/** The power goes at every system call of a program that sends letters: of each that has left, the disk says that it was begun. */

const LETTERS = 6;
const BOUNDED_MS = 25_000;
const FULL_MS = 600_000;

/** Its first words on their way to the server: until then the letter is here. */
const READER = /^To: .*?<?p(\d+)@example\.org>?\r$/gm;

/** `control`: over as soon as one letter stands nowhere. `ms`: over by then, so that a slow machine holds nobody up. */
export type MailPowerTask = PowerTask & Readonly<{ control: boolean; ms: number }>;

/** A letter that left and stands nowhere would be sent again: it counts as doubled. */
export const mailPowerShard = (task: MailPowerTask): Found => {
  const acks = noAcks();
  const left = new Set<number>();
  const ends = performance.now() + task.ms;
  let seen = false;
  return replay(task, {
    over: () => (task.control && seen) || performance.now() > ends,
    heard: ({ is, text }) => {
      if (is === 'said') hear(text.split('\n'), acks);
      else for (const [, place] of text.matchAll(READER)) left.add(Number(place) + 1);
    },
    judge: (path, model) => {
      const lost = lostOf(storedHashes(path), acks);
      const begun = storedBegun(path);
      const doubled = [...left].filter((n) => !begun.has(n)).length;
      seen ||= doubled > 0;
      const broken = verifyJournal(path).findings.map(
        ({ says }) => `power cut while sending (${model}): ${says}`,
      );
      return { power_points: 1, lost, doubled, broken };
    },
  });
};

const recorded = async (rig: Rig, mailing: Mailing, mode: MailerConfig['mode']): Promise<Found> => {
  const { folder, home } = mailing.fresh();
  const box = await openPostBox(join(folder, 'taken'));
  try {
    const [before, trace] = [join(folder, 'before'), join(folder, 'trace')];
    copyFileSync(mailing.journalIn(home), before);
    const { incident, file } = mailing;
    const config: MailerConfig = {
      home,
      incident,
      mailing: mailing.mailing,
      file,
      port: box.port,
      die: null,
      mode,
      looked: { taken: [], lost: [] },
    };
    const { code, stderr } = await record(rig, trace, { program: 'mailer', config });
    if (code !== 0) throw new Error(`the recorded program ended with ${String(code)}: ${stderr}`);
    if ((await box.taken()).size !== LETTERS) throw new Error('not all of its letters were sent');
    const task: MailPowerTask = {
      trace,
      before,
      seed: rig.seed,
      control: mode === 'no-row',
      ms: rig.full ? FULL_MS : BOUNDED_MS,
    };
    return (await shard(rig, 'mail-power', task)) as Found;
  } finally {
    await box.close();
  }
};

export const mailPower = async (rig: Rig): Promise<Found> => {
  // The power cuts of the journal say it loudly where programs cannot be watched.
  if (straceMissing() !== null) return {};
  const mailing = await mailingOf(rig, LETTERS);
  const [found, control] = await Promise.all([
    recorded(rig, mailing, 'row-first'),
    recorded(rig, mailing, 'no-row'),
  ]);
  return {
    ...together([found]),
    controls: { 'the power goes, and no row says that it left': (control.doubled ?? 0) > 0 },
  };
};
