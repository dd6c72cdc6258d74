import { limits } from '../../model/limits.ts';
import { usage, type Run } from '../spec.ts';
import { record } from '../recorded.ts';
import { pastTime } from '../time.ts';

export const note: Run = async (context, input) => {
  const incident = await context.writable();
  const { now, zone } = incident.view();
  const typed = input.args.join(' ');
  const text =
    typed === '-' ? (await context.world.environment.stdin.readAll(limits.textCharsMax)).trimEnd() : typed;
  const at = input.text('at');
  const directedBy = input.text('directed-by');
  const privileged = input.flag('privileged');
  if (directedBy !== null && !privileged) throw usage('--directed-by goes with --privileged');
  const command = {
    do: 'note',
    text,
    star: input.flag('star'),
    ...(privileged ? { privileged: { directedBy } } : {}),
    ...(at === null ? {} : { at: pastTime(at, now, zone) }),
  } as const;
  return await record(context, incident, command, `NOTED ${privileged ? 'as privileged: ' : ''}${text}`);
};
