import { isAbsolute, join } from 'node:path';
import type { ShownEntry } from '../../app/contract.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { Context } from '../context.ts';
import { usage, type Run } from '../spec.ts';

const NEWEST = 20;
const POLL_MS = 1000;

const placed = (context: Context, path: string): string =>
  isAbsolute(path) ? path : join(context.world.environment.cwd, path);

/** A path on the disk where there is one, else an id. */
const named = (context: Context, idOrPath: string): string =>
  idOrPath.includes('/') || idOrPath.endsWith('.sqlite') ? placed(context, idOrPath) : idOrPath;

/** A frozen runbook or rule book is thousands of letters; between entries a person reads what it is, not all of it. */
const LONG = 400;

const inShort = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > LONG
    ? `[${Buffer.byteLength(value)} bytes, sha256 ${sha256Hex(value)}, whole with --full]`
    : value;

const tell = ({ print }: Context, { entry, hash }: ShownEntry, full: boolean): void => {
  if (print.json) print.object('entry', { hash, ...entry });
  else
    print.line(
      `#${entry.n} ${entry.at.wall} ${entry.actor} ${entry.kind} ${JSON.stringify(entry.pub, full ? undefined : inShort)}${entry.priv
        .map(({ name }) => ` [sealed ${name}]`)
        .join('')}`,
    );
};

export const showJournal: Run = async (context, input) => {
  const journals = await (await context.app()).journals();
  const [id = '', only] = input.args;
  if (only !== undefined && !/^[0-9]+$/.test(only))
    throw usage(`an entry is named by its number, not by "${only}"`);
  for (const shown of journals.show(named(context, id), only === undefined ? 0 : Number(only))) {
    tell(context, shown, input.flag('full'));
    if (only !== undefined) {
      if (!context.print.json) context.print.line(`hash ${shown.hash}, after ${shown.entry.prev}`);
      return 0;
    }
  }
  if (only !== undefined) throw usage(`there is no entry #${only}`);
  return 0;
};

export const tailJournal: Run = async (context, input) => {
  const journals = await (await context.app()).journals();
  const id = named(context, input.arg(0));
  let next = -NEWEST;
  for (;;) {
    for (const shown of journals.show(id, next)) {
      tell(context, shown, input.flag('full'));
      next = shown.entry.n + 1;
    }
    if (!input.flag('follow')) return 0;
    await context.world.clock.sleep(POLL_MS);
  }
};

export const backupJournal: Run = async (context, input) => {
  const [incident] = input.args;
  const out = input.text('out');
  if ((incident === undefined) === !input.flag('all')) throw usage('name one incident, or give --all');
  if (out === null) throw usage('--out says where to: a folder, or for one incident a file');
  const path = placed(context, out);
  if (incident === undefined) context.world.files.privateDir(path);
  const made = (await (await context.app()).journals()).backup(incident ?? null, path);
  if (context.print.json) context.print.object('backup', { backups: made });
  else for (const one of made) context.print.line(`${one.path} ${one.entries} entries, verified`);
  if (!context.print.json)
    context.print.say('The keys are not in it: what is private opens with those of this data folder.');
  return 0;
};

export const restoreJournal: Run = async (context, input) => {
  const journals = await (await context.app()).journals();
  const { incident, path, entries, foreign = false } = journals.restore(placed(context, input.arg(0)));
  if (context.print.json) context.print.object('restore', { incident, path, entries, foreign });
  else context.print.line(`${incident} is back: ${entries} entries, verified`);
  if (foreign)
    context.print.say(
      'It was made with another device key: it can be read and verified here, and not written to.',
    );
  else await tellOlder(context, incident);
  return 0;
};

/** A copy that this machine has seen more of does not verify until somebody stands for it: that is said now, not found later. */
const tellOlder = async (context: Context, incident: string): Promise<void> => {
  const { findings } = await (await context.app()).verify(incident);
  const older = findings.find(({ kind }) => kind === 'shortened' || kind === 'rewritten');
  if (older === undefined) return;
  context.print.say(`This machine has seen more of it: ${older.says}.`);
  context.print.say('Look for a newer copy first. verify ends with 9 until somebody stands for it:');
  context.print.say(`  firebreak journal acknowledge ${incident} --why "what happened"`);
};

export const acknowledge: Run = async (context, input) => {
  const why = input.text('why') ?? '';
  if (why.trim() === '') throw usage('--why says what happened; it stands in the journal beside your name');
  const incident = await context.writable(input.args[0] ?? null);
  const { remembered, lost } = await incident.anchors.acknowledge(why);
  if (context.print.json)
    context.print.object('acknowledgement', { incident: incident.id, remembered, lost });
  else if (remembered.length + lost.length === 0)
    context.print.line('Nothing that this machine has seen contradicts this journal: nothing was written.');
  for (const size of context.print.json ? [] : remembered)
    context.print.line(`Recorded: ${size} entries of another state were seen here, and you stand for it.`);
  for (const n of context.print.json ? [] : lost)
    context.print.line(
      `Recorded: the key was gone in entry #${n}, and you stand for it that it goes on there.`,
    );
  return 0;
};

export const disclose: Run = async (context, input) => {
  const [id = '', n = ''] = input.args;
  const out = input.text('out');
  if (!/^[0-9]+$/.test(n)) throw usage(`an entry is named by its number, not by "${n}"`);
  if (out === null) throw usage('--out names the file to write');
  const incident = await context.writable(id);
  const path = placed(context, out);
  await incident.disclose(Number(n), input.many('field'), path);
  if (context.print.json)
    context.print.object('disclosure', { incident: incident.id, entry: Number(n), path });
  else context.print.line(path);
  return 0;
};
