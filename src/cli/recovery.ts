import type { App } from '../app/contract.ts';
import { isProblem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import type { Context } from './context.ts';
import { Interrupted } from './interrupted.ts';

/**
 * A second way to the key, made where there is one only: a recovery code, shown once. It counts from the moment that somebody
 * says it is written down. What goes wrong here is told and keeps nobody from what they came for.
 */
export async function offerRecovery(context: Context, app: App): Promise<void> {
  const { print, interactive } = context;
  try {
    if (!app.key().alone) return;
    if (!interactive) {
      print.say(
        'WARNING: there is one way only to the key of what is private. Lost, it takes everything with it.',
      );
      print.say('  Next, at a terminal: firebreak keys init shows a recovery code to write down');
      return;
    }
    await showCode(context, app);
  } catch (error) {
    if (!isProblem(error) && !(error instanceof StorageError) && !(error instanceof Interrupted)) throw error;
    print.say('WARNING: no second way to the key was made. Next: firebreak keys init');
  }
}

/** Makes a recovery code and shows it on the terminal, nowhere else. @throws Interrupted when nobody says it is written down */
export async function showCode({ print, world }: Context, app: App): Promise<void> {
  const desk = await app.keyDesk();
  const { code } = await desk.add({ from: 'code', key: null, choose: () => Promise.resolve('') });
  if (code === null) return;
  print.line('');
  print.line('RECOVERY CODE, shown this once. Write it on paper and keep it where no copy of the data lies:');
  print.line('');
  print.line(`    ${code}`);
  print.line('');
  print.line('With this machine’s data folder it opens every live incident when the key is lost.');
  const answer = await world.prompt.line('Press Enter once it is written down: ');
  if (answer === null) throw new Interrupted();
  await desk.written();
  print.line('Kept as the second way to the key. Try it once: firebreak keys drill');
}
