import { refuseReadOnly } from '../context.ts';
import type { Run } from '../spec.ts';

/** A workspace can name programs to run, so a person looks at it before the tool runs any of them. */
export const trust: Run = async (context) => {
  refuseReadOnly(context.globals);
  const app = await context.app();
  const pinned = await app.trust();
  if (context.print.json) context.print.object('trust', pinned);
  else context.print.line(`TRUSTED ${pinned.workspace} sha256 ${pinned.sha256}`);
  context.print.say('A changed file asks again.');
  return 0;
};
