import type { KeyDrill, KeyFrom } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { Interrupted } from '../interrupted.ts';
import { showCode } from '../recovery.ts';
import { usage, type Run } from '../spec.ts';
import { tellChange, warnings } from './keys.ts';

const kinds: readonly KeyFrom[] = ['code', 'passphrase', 'keychain', 'file', 'age', 'aws-kms', 'vault'];

export const addWay: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const from = kinds.find((one) => one === input.arg(0));
  if (from === undefined) throw usage(`a way to the key is one of: ${kinds.join(', ')}`);
  const app = await context.app();
  if (from === 'code') {
    // A code that is printed into a file or a pipe is no longer on paper alone.
    if (!context.interactive)
      throw new Problem('needs-confirmation', {
        what: 'a recovery code',
        flags: 'a terminal: it is shown there once, and nowhere else',
      });
    await showCode(context, app);
    return 0;
  }
  const choose = async (): Promise<string> => await context.passphrases.chosen();
  const { name } = await (await app.keyDesk()).add({ from, key: input.args[1] ?? null, choose });
  if (context.print.json) context.print.object('keys-added', { name });
  else context.print.line(`ADDED ${name}`);
  for (const line of warnings(app.key())) context.print.say(line);
  return 0;
};

export const removeWay: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app();
  const choose = async (): Promise<string> => await context.passphrases.chosen();
  tellChange(context, await (await app.keyDesk()).remove(input.arg(0), choose), app.key());
  return 0;
};

export const rotateKeys: Run = async (context) => {
  refuseReadOnly(context.globals);
  const app = await context.app();
  const choose = async (): Promise<string> => await context.passphrases.chosen();
  tellChange(context, await (await app.keyDesk()).rotate(choose), app.key());
  return 0;
};

const NOT_PASSED = 4;

export const drillKeys: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app();
  const found = await (await app.keyDesk()).drill(input.args[0] ?? null, async () => await typed(context));
  if (context.print.json) {
    const { way, incidents, unreadable, passed } = found;
    context.print.object('keys-drill', { way, passed, incidents, unreadable });
  } else tellDrill(context, found);
  return found.passed ? 0 : NOT_PASSED;
};

const typed = async ({ passphrases, interactive, world }: Context): Promise<string | null> => {
  if (!interactive) return await passphrases.current(false);
  const text = await world.prompt.hidden('Passphrase or recovery code, as if all else were lost: ');
  if (text === null) throw new Interrupted();
  return text;
};

const tellDrill = ({ print }: Context, { way, incidents, unreadable, passed }: KeyDrill): void => {
  print.table(
    ['INCIDENT', 'DATA KEYS', 'OPENED', 'FIELDS TRIED'],
    incidents.map((one) => [one.incident, `${one.keys}`, `${one.opened}`, `${one.fields}`]),
  );
  for (const id of unreadable) print.say(`${id} cannot be read: firebreak verify ${id}`);
  print.line(
    passed
      ? `PASSED by way of ${way} alone: ${incidents.length} open ${incidents.length === 1 ? 'incident' : 'incidents'} could be restored.`
      : `NOT PASSED by way of ${way}: what did not open is sealed with another key. Next: firebreak keys show`,
  );
};
