import type { App, OpenApp, OpenDrill, OpenIncident } from '../app/contract.ts';
import { Problem } from '../base/problem.ts';
import type { Clock } from '../io/clock.ts';
import type { Environment } from '../io/environment.ts';
import type { Files } from '../io/files.ts';
import type { Prompt } from '../io/prompt.ts';
import type { Globals } from './globals.ts';
import type { Printer } from './print.ts';

/** The world a command works in, handed in by `main.ts` and by tests. */
export type World = Readonly<{
  packageRoot: string;
  environment: Environment;
  prompt: Prompt;
  files: Files;
  clock: Clock;
  openApp: OpenApp;
  openTerminal: OpenTerminal;
}>;

/** The full-screen app. Resolves when the person leaves it; the number is the exit code. */
export type OpenTerminal = (input: TerminalInput) => Promise<number>;
export type TerminalInput = Readonly<{
  app: App;
  /** What is open at start; null for the home screen. */
  incident: OpenIncident | null;
  drill: OpenDrill | null;
  environment: Environment;
  globals: Globals;
}>;

/** What every command is handed: the world, what was asked of all commands, and the app once it is needed. */
export interface Context {
  readonly world: World;
  readonly globals: Globals;
  readonly print: Printer;
  /** Both ends are a terminal and nothing forbids a question. */
  readonly interactive: boolean;
  /** Opened at the first call, closed when the command ends. */
  app(): Promise<App>;
  /** The app with no live part in it at all. Only before `app()`. */
  drillApp(): Promise<App>;
  /** The named incident, else that of `--incident`, else the only open one. Left when the command ends. */
  incident(id?: string | null): Promise<OpenIncident>;
  /** The same for a command that acts or writes. @throws Problem `not-authorised` under `--read-only` */
  writable(id?: string | null): Promise<OpenIncident>;
  /** Has the context leave an incident that the app opened otherwise. */
  keep<T extends OpenIncident>(incident: T): T;
}

/** A context with the way to end it: leaves what was opened, newest first, then closes the app. */
export type Session = Readonly<{ context: Context; end: () => Promise<void> }>;

export function startSession(world: World, globals: Globals, print: Printer): Session {
  const { stdin, stdout, env, cwd } = world.environment;
  const kept: OpenIncident[] = [];
  let opened: Promise<App> | null = null;
  const open = (drillOnly: boolean): Promise<App> =>
    (opened ??= world.openApp({ packageRoot: world.packageRoot, env, cwd, as: globals.as, zone: globals.zone, drillOnly }));
  const keep = <T extends OpenIncident>(incident: T): T => {
    kept.push(incident);
    return incident;
  };
  const incident = async (id: string | null | undefined, readOnly: boolean): Promise<OpenIncident> => {
    const app = await open(false);
    return keep(await app.open(id ?? globals.incident ?? undefined, { takeOver: globals.takeOver, readOnly }));
  };
  const context: Context = {
    world,
    globals,
    print,
    interactive: stdin.tty && stdout.tty && globals.input && !globals.json,
    app: () => open(false),
    drillApp: () => open(true),
    incident: (id) => incident(id, true),
    async writable(id) {
      refuseReadOnly(globals);
      return await incident(id, false);
    },
    keep,
  };
  return { context, end: () => end(kept, opened) };
}

export function refuseReadOnly(globals: Globals): void {
  if (globals.readOnly) throw new Problem('not-authorised', { why: '--read-only was given' });
}

async function end(kept: readonly OpenIncident[], opened: Promise<App> | null): Promise<void> {
  for (const incident of kept.toReversed()) await incident.leave();
  // An app that did not open has been reported already.
  const app = await opened?.catch(() => null);
  await app?.close();
}
