import type { App } from '../app/contract.ts';
import type { Context, OpenScreens, Start } from './context.ts';
import type { Environment } from '../io/environment.ts';

/** Opens the full-screen app; what it leaves to say is said on the normal screen. The number is the exit code. */
export async function showScreens(
  { world, globals, print }: Context,
  app: App,
  start: Start,
): Promise<number> {
  // Asked for now: a screen cannot be left in the middle for a question of the terminal.
  await app.unlock();
  const { code, summary } = await world.openScreens(app, start, globals);
  for (const line of summary) print.line(line);
  return code;
}

/** The real thing, loaded only when it is wanted: it is most of the program. */
export const systemScreens =
  ({ env }: Environment): OpenScreens =>
  async (app, start, globals) => {
    const [{ runTui }, { systemTerminal }] = await Promise.all([
      import('../tui/main.tsx'),
      import('../io/terminal.ts'),
    ]);
    const flags = {
      inline: globals.inline,
      ...(globals.color ? {} : { color: false }),
      ...(globals.ascii ? { ascii: true } : {}),
      ...(globals.screenReader ? { screenReader: true } : {}),
    };
    return await runTui({ app, start, terminal: systemTerminal(flags, env) });
  };
