import { refuseReadOnly } from '../context.ts';
import type { Run } from '../spec.ts';

/** A workspace says which address gets which secret and which programs run, so a person looks at it first. */
export const trust: Run = async (context) => {
  refuseReadOnly(context.globals);
  const app = await context.app();
  const pinned = await app.trust();
  if (context.print.json) context.print.object('trust', pinned);
  else context.print.line(`TRUSTED ${pinned.workspace} sha256 ${pinned.sha256}`);
  context.print.say('Its systems can be reached now. A changed firebreak.yaml or recipe asks again.');
  return 0;
};
