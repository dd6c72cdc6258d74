import { limits } from '../../model/limits.ts';
import { record } from '../recorded.ts';
import type { Run } from '../spec.ts';
import { typedTime } from '../time.ts';

export const note: Run = async (context, input) => {
  const incident = await context.writable();
  const { now, zone } = incident.view();
  const typed = input.args.join(' ');
  const text =
    typed === '-' ? (await context.world.environment.stdin.readAll(limits.textCharsMax)).trimEnd() : typed;
  const at = input.text('at');
  const command = {
    do: 'note',
    text,
    star: input.flag('star'),
    ...(at === null ? {} : { at: typedTime(at, now, zone) }),
  } as const;
  return await record(context, incident, command, `NOTED ${text}`);
};
