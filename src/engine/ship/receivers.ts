import { join } from 'node:path';
import { utf8 } from '../../base/hash.ts';
import { Problem } from '../../base/problem.ts';
import type { Files } from '../../io/files.ts';
import { systemHttp, type Http } from '../../io/http.ts';
import { StorageError } from '../../io/storage.ts';
import { sendTls } from '../../io/tls.ts';
import { limits } from '../../model/limits.ts';
import type { Ship } from '../../model/ship.ts';
import type { Definitions, World } from '../world.ts';
import { NotTaken, type Lot, type Receiver } from './receiver.ts';
import { syslogFrames, syslogServer } from './syslog.ts';

type Reach = Readonly<{ world: World; files: Files; http: Http }>;
type Of<Key extends string> = Extract<Ship, Record<Key, string>>;

/** The configured receivers by name. A drill has none: what is practised must not look like a breach to whoever watches. */
export const receiversOf = (
  world: World,
  definitions: Definitions,
  files: Files,
): Readonly<Record<string, Receiver>> => {
  if (world.drill) return {};
  const http = systemHttp({
    clock: world.clock,
    wall: world.wall,
    secrets: () => world.secrets.known(),
    ...(world.busy === undefined ? {} : { busy: world.busy }),
  });
  const reach: Reach = { world, files, http };
  return Object.fromEntries(
    Object.entries(definitions.company.ship ?? {}).map(([name, ship]) => [
      name,
      trusted(world, definitions, receiverOf(reach, ship, name)),
    ]),
  );
};

const receiverOf = (reach: Reach, ship: Ship, name: string): Receiver => {
  if ('https' in ship) return httpsReceiver(reach, ship, name);
  return 'syslog' in ship ? syslogReceiver(reach, ship, name) : folderReceiver(reach, ship);
};

/** An address in a file that nobody has trusted gets nothing. */
const trusted = (world: World, definitions: Definitions, receiver: Receiver): Receiver => ({
  ...receiver,
  send: async (lot, signal) => {
    if (world.trusts !== undefined && !(await world.trusts(definitions)))
      throw new NotTaken('not-configured', 'nobody has trusted the workspace that names it: firebreak trust');
    await receiver.send(lot, signal);
  },
});

const linesOf = ({ events }: Lot): string => events.map(({ text }) => `${text}\n`).join('');

const httpsReceiver = ({ world, http }: Reach, ship: Of<'https'>, name: string): Receiver => ({
  kind: 'https',
  answers: true,
  bytesMax: limits.shipLotBytesMax,
  send: async (lot, signal) => {
    const { authorization } = ship;
    const secret =
      authorization === undefined
        ? null
        : await world.secrets.resolve(authorization, `${name}.authorization`);
    const answer = await http.fetch(ship.https, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        // The same lot has the same name, for receivers that keep a list of what they have.
        'idempotency-key': `${lot.log.slice(lot.log.lastIndexOf('/') + 1)}-${lot.from}-${lot.next}`,
        ...(secret === null ? {} : { authorization: secret.use() }),
      },
      body: linesOf(lot),
      signal,
    });
    if (!answer.ok) throw new NotTaken('refused', `it answered ${answer.status}`);
  },
});

const syslogReceiver = (reach: Reach, ship: Of<'syslog'>, name: string): Receiver => ({
  kind: 'syslog',
  answers: false,
  bytesMax: limits.syslogBytesMax,
  send: async ({ events }, signal) => {
    const { world } = reach;
    const frames = syslogFrames(events.map(({ text, at }) => ({ id: 'ocsf', text, at })));
    await sendTls(await syslogServer(reach, ship, name), utf8(frames), {
      wall: world.wall,
      signal,
      ...(world.busy === undefined ? {} : { busy: world.busy }),
    });
  },
});

/** Never made: where nothing is mounted, this machine would keep what somebody else was meant to have. */
const folderReceiver = ({ world, files }: Reach, { folder }: Of<'folder'>): Receiver => ({
  kind: 'folder',
  answers: true,
  bytesMax: limits.shipLotBytesMax,
  send: (lot) => {
    if (world.drill) throw new Problem('wall', { host: 'the folder of events' });
    if (files.info(folder) === null)
      throw new NotTaken('unreachable', `there is no ${folder}: is it mounted?`);
    const number = (n: number): string => String(n).padStart(9, '0');
    const name = `${lot.log.slice(lot.log.lastIndexOf('/') + 1)}-${number(lot.from)}-${number(lot.next - 1)}.ocsf.jsonl`;
    try {
      files.writeAtomic(join(folder, name), linesOf(lot));
    } catch (error) {
      if (error instanceof StorageError) throw new NotTaken('refused', error.message);
      throw error;
    }
    return Promise.resolve();
  },
});
