import { severities } from '../../model/names.ts';
import { reasonFor } from '../ask.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';

export const severity: Run = async (context, input) => {
  const incident = await context.writable();
  const level = severities.find((one) => one === input.arg(0));
  if (level === undefined) throw usage(`severity is one of ${severities.join(', ')}`);
  const reason = await reasonFor(context, input.text('why'), `setting the severity to ${level}`);
  return await record(context, incident, { do: 'severity', severity: level, reason }, `SEVERITY ${level}`);
};
