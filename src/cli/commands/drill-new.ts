import { refuseReadOnly } from '../context.ts';
import type { Run } from '../spec.ts';

export const run: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app('drill');
  const id = input.arg(0);
  const made = await app.newScenario(id);
  const { print } = context;
  if (print.json) print.object('drill-new', { runbook: id, ...made });
  else for (const path of made.files) print.line(`wrote ${path}`);
  for (const one of made.untested) print.say(`NOT TESTED ${one}`);
  print.say(`Rewrite its story, then: firebreak drill lint ${id}; firebreak drill selftest ${id}`);
  return 0;
};
