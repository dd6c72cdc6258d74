import type { App } from '../app/contract.ts';
import type { Context, OpenScreens, Start } from './context.ts';
import type { Environment } from '../io/environment.ts';

/** Opens the full-screen app; what it leaves to say is said on the normal screen. The number is the exit code. */
export async function showScreens(context: Context, app: App, start: Start): Promise<number> {
  const { world, globals, print } = context;
  // Asked for now: a screen cannot be left in the middle for a question of the terminal.
  await app.unlock();
  const { code, summary, next } = await world.openScreens(app, start, globals);
  for (const line of summary) print.line(line);
  return next === null ? code : await declareReal(context, next.said);
}

/** From a drill to the form for a real incident, in an app that can declare one. */
export const declareReal = async (context: Context, said: string): Promise<number> =>
  await showScreens(context, await context.real(), { screen: 'declare', said });

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
    return await runTui({ app, start, terminal: systemTerminal(flags, env), readOnly: globals.readOnly });
  };
