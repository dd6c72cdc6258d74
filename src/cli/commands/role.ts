import { roles } from '../../model/names.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';

export const role: Run = async (context, input) => {
  const incident = await context.writable();
  const claimed = roles.find((one) => one === input.arg(0));
  if (claimed === undefined) throw usage(`there is no role "${input.arg(0)}"; there is ${roles.join(', ')}`);
  const person = input.args[1] ?? incident.view().actor;
  return await record(context, incident, { do: 'role', role: claimed, person }, `ROLE ${claimed}: ${person}`);
};
