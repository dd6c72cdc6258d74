import { appendFileSync, cpSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { incidentFolder, journalPath } from '../../src/app/base.ts';
import type { World } from '../../src/engine/world.ts';
import { systemClock } from '../../src/io/clock.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import { packageRoot, rigApp } from '../rig/app.ts';
import { scriptedServer } from '../rig/mail-server.ts';
import { free, merged, released, withApprovers } from '../../src/dev/bench/send/steps.ts';
import { newFolderInMemory, type Rig } from './rig.ts';

/** A mailing that may leave, and a mail server that keeps what it took, for programs that are killed while they send. */

export type Mailing = Readonly<{
  incident: string;
  mailing: string;
  file: string;
  readers: readonly string[];
  journalIn: (home: string) => string;
  /** A data folder of its own in which nothing of it has left yet. */
  fresh: () => Readonly<{ folder: string; home: string }>;
}>;

/** As many connections as the company's own mail server takes. */
export const AT_ONCE = 4;

export const mailingOf = async (rig: Rig, letters: number): Promise<Mailing> => {
  const box = newFolderInMemory(rig, 'mailing');
  const [home, workspace] = [join(box, 'home'), join(box, 'workspace')];
  cpSync(join(packageRoot, 'runbooks/_company'), workspace, { recursive: true });
  withApprovers(workspace);
  const config = join(workspace, 'firebreak.yaml');
  const pace = 'pace: { at_once: 4, per_minute: 6000 }';
  const text = readFileSync(config, 'utf8');
  if (!text.includes(pace)) throw new Error('the mail server of the example company has another pace');
  writeFileSync(config, text.replace(pace, `pace: { at_once: ${AT_ONCE} }`));
  const colleague = await scriptedServer();
  const world: World = {
    drill: false,
    clock: systemClock(),
    random: systemRandom(),
    processes: walledProcesses(new Set()),
    secrets: drillSecrets((name) => `made-${name}`),
    wall: 'loopback-only',
    baseUrl: (instance) => (instance === 'mail-notices' ? `smtp://127.0.0.1:${colleague.port}` : null),
  };
  const app = await rigApp({ home, workspace, live: world });
  const readers = Array.from({ length: letters }, (_none, i) => `p${i}@example.org`);
  try {
    const incident = await released(app);
    const file = await merged(incident, box, 'all', readers);
    await free(incident, box, file);
    const way = { by: 'server', name: null, to: 'list' } as const;
    const { mailing, bars } = await incident.mail.plan({ file, way });
    if (bars[0] !== undefined) throw new Error(`the mailing may not leave: ${bars[0].why}`);
    return {
      incident: incident.id,
      mailing,
      file,
      readers,
      journalIn: (place) => journalPath(incidentFolder(place, incident.id, false)),
      fresh: () => {
        const folder = newFolderInMemory(rig, 'sending');
        cpSync(home, join(folder, 'home'), { recursive: true });
        return { folder, home: join(folder, 'home') };
      },
    };
  } finally {
    await app.close();
    await colleague.close();
  }
};

/**
 * What the server has seen of a letter: `begun` its sender, `data` that it comes, `dropped` all of it without keeping it, `kept` all of
 * it and kept it. It says nothing at these. `answered`: it is kept, and the answer is on its way.
 */
export type Moment = 'begun' | 'data' | 'dropped' | 'kept' | 'answered';

export type PostBox = Readonly<{
  port: number;
  /** How often it has each reader's letter, once nobody is connected any more. */
  taken: () => Promise<ReadonlyMap<string, number>>;
  /** Called once at the nth such moment. */
  at: (moment: Moment, nth: number, call: () => void) => void;
  calm: () => void;
  close: () => Promise<void>;
}>;

const readerOf = (letter: string): string => /^To: .*?<?([^\s<>]+@[^\s<>]+)>?\r?$/m.exec(letter)?.[1] ?? '';

/** What it took is in a file of its own before it answers, and that file alone is what letters are counted from. */
export const openPostBox = async (file: string): Promise<PostBox> => {
  const descriptor = openSync(file, 'a', 0o600);
  let waiting: { moment: Moment; nth: number; call: () => void } | null = null;
  const reached = (moment: Moment): boolean => {
    if (waiting?.moment !== moment) return false;
    waiting.nth -= 1;
    if (waiting.nth > 0) return false;
    const { call } = waiting;
    waiting = null;
    call();
    return true;
  };
  const keep = (letter: string): void => {
    appendFileSync(descriptor, `${readerOf(letter)}\n`);
    fsyncSync(descriptor);
  };
  const server = await scriptedServer({
    answer: (line) => {
      const moment = line.startsWith('MAIL') ? 'begun' : line.startsWith('DATA') ? 'data' : null;
      return moment !== null && reached(moment) ? 'hang' : undefined;
    },
    taken: (letter) => {
      if (reached('dropped')) return 'hang';
      keep(letter);
      if (reached('kept')) return 'hang';
      reached('answered');
      return '250 taken';
    },
  });
  return {
    port: server.port,
    taken: async () => {
      while (server.open() > 0) await new Promise((resolve) => setTimeout(resolve, 2));
      const counts = new Map<string, number>();
      for (const reader of readFileSync(file, 'utf8').split('\n').slice(0, -1))
        counts.set(reader, (counts.get(reader) ?? 0) + 1);
      return counts;
    },
    at: (moment, nth, call) => {
      waiting = { moment, nth, call };
    },
    calm: () => {
      waiting = null;
    },
    close: server.close,
  };
};
