import { refuseReadOnly } from '../context.ts';
import type { Run } from '../spec.ts';

export const fresh: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const id = input.arg(0);
  const from = input.text('from');
  const { files } = await (await (await context.app('definitions')).authoring()).newRunbook(id, from);
  if (context.print.json) context.print.object('runbook-new', { runbook: id, from, files });
  else for (const path of files) context.print.line(`wrote ${path}`);
  context.print.say(
    `Next: make it yours, then firebreak runbook lint ${id} and firebreak runbook test ${id}; firebreak drill new ${id} writes its rehearsal.`,
  );
  return 0;
};
