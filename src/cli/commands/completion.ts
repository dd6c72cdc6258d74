import { completionScript, isShell, shells } from '../completion.ts';
import { usage, type Run } from '../spec.ts';

export const completion: Run = async (context, input) => {
  const shell = input.arg(0);
  if (!isShell(shell)) throw usage(`completion is made for ${shells.join(', ')}`);
  context.world.environment.stdout.write(completionScript(shell));
  return await Promise.resolve(0);
};
