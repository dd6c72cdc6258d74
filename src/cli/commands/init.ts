import { isAbsolute, join } from 'node:path';
import type { Run } from '../spec.ts';
import { ensureKeys } from './keys-init.ts';
import { companyFile } from './init/company.ts';
import { contactsFile } from './init/contacts.ts';
import { inventoryFile } from './init/inventory.ts';
import { obligationsFile } from './init/obligations.ts';

/** Writes what is not there yet and leaves alone what is: running it twice is safe. */
export const init: Run = async (context, input) => {
  const { files, environment } = context.world;
  const given = input.args[0] ?? '.';
  const folder = isAbsolute(given) ? given : join(environment.cwd, given);
  // A folder that is there keeps its mode: it may be the team's repository.
  if (!files.exists(folder)) files.privateDir(folder);
  const texts = {
    'firebreak.yaml': companyFile(context.globals.zone ?? environment.zone),
    'inventory.yaml': inventoryFile,
    'contacts.yaml': contactsFile,
    'obligations.yaml': obligationsFile,
  };
  const written = Object.entries(texts).map(([name, text]) => {
    const path = join(folder, name);
    return { path, written: files.writeNew(path, text) };
  });
  if (context.print.json) context.print.object('init', { folder, files: written });
  else for (const one of written) context.print.line(`${one.written ? 'wrote' : 'kept '} ${one.path}`);
  context.print.say(
    'Next: fill in firebreak.yaml, then inventory.yaml; firebreak doctor says what is missing.',
  );
  context.print.say(
    'Practise first, it needs nothing: firebreak drill run leaked-whatsapp-token --company built-in',
  );
  await ensureKeys(context);
  return 0;
};
