import { systemClock } from '../io/clock.ts';
import { dieWithoutTraces } from '../io/dying.ts';
import { systemEnvironment } from '../io/environment.ts';
import { systemFiles } from '../io/files.ts';
import type { World } from './context.ts';
import { lastWords, run } from './run.ts';
import { systemScreens } from './screens.ts';

/** What the launcher knows: where the package lies (its runbooks and templates) and what was typed. */
export type MainInput = Readonly<{ packageRoot: string; argv: readonly string[] }>;

/** Runs the program in the real world; the number is the exit code. The app and the screens are loaded when needed. */
export async function main({ packageRoot, argv }: MainInput): Promise<number> {
  const environment = systemEnvironment();
  const prompt = async () => (await import('../io/prompt.ts')).systemPrompt(environment.streams);
  const world: World = {
    packageRoot,
    environment,
    prompt: {
      line: async (question) => await (await prompt()).line(question),
      hidden: async (question) => await (await prompt()).hidden(question),
    },
    files: systemFiles(),
    clock: systemClock(),
    openApp: async (input) => await (await import('../app/wire.ts')).openApp(input),
    openScreens: systemScreens(environment),
  };
  dieWithoutTraces((error) => lastWords(error, argv, world));
  return await run(argv, world);
}
