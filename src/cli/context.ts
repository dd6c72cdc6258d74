import type { App, Backstage, OpenApp, OpenDrill, OpenIncident, Seat } from '../app/contract.ts';
import { Problem } from '../base/problem.ts';
import type { Clock } from '../io/clock.ts';
import type { Environment } from '../io/environment.ts';
import type { Files } from '../io/files.ts';
import type { Prompt } from '../io/prompt.ts';
import type { Globals } from './globals.ts';
import { keyWarning, passphrasesOf, type Passphrases } from './passphrase.ts';
import type { Printer } from './print.ts';

/** The world a command works in, handed in by `main.ts` and by tests. */
export type World = Readonly<{
  packageRoot: string;
  environment: Environment;
  prompt: Prompt;
  files: Files;
  clock: Clock;
  openApp: OpenApp;
  openScreens: OpenScreens;
}>;

/** The full-screen app. Resolves when the person leaves it, with what to say on the normal screen afterwards. */
export type OpenScreens = (
  app: App,
  start: Start,
  globals: Globals,
) => Promise<Readonly<{ code: number; summary: readonly string[]; next: Next }>>;
/** A drill was left for something real, which this app had no live part for. */
export type Next = Readonly<{ declare: true; said: string }> | null;
export type Start =
  | Readonly<{ screen: 'home' }>
  | Readonly<{ screen: 'declare'; said: string }>
  | Readonly<{ screen: 'incident'; incident: OpenIncident }>
  | Readonly<{ screen: 'drill'; drill: OpenDrill }>
  | Readonly<{ screen: 'facilitate'; seat: Seat; page: Backstage }>;

/** What every command is handed: the world, what was asked of all commands, and the app once it is needed. */
export interface Context {
  readonly world: World;
  readonly globals: Globals;
  readonly print: Printer;
  /** Both ends are a terminal and nothing forbids a question. */
  readonly interactive: boolean;
  readonly passphrases: Passphrases;
  /** A terminal that the full-screen app can be drawn on. */
  readonly drawable: boolean;
  /** What the first Ctrl-C stops in order; null: it ends the command. */
  readonly interruptible: { stop: AbortController | null };
  /** Opened at the first call with what that one asks for, closed when the command ends. */
  app(wants?: AppWants): Promise<App>;
  /** Closes what is open and opens the app for what is real. */
  real(): Promise<App>;
  /** The named incident, else that of `--incident`, else the only open one. */
  incident(id?: string | null): Promise<OpenIncident>;
  /** The same for a command that acts or writes. @throws Problem `not-authorised` under `--read-only` */
  writable(id?: string | null): Promise<OpenIncident>;
}

/**
 * `definitions`: the command lists runbooks, letters, drills or the inventory, so they are read at once; most commands know
 * all they need from the journal and start faster without. `drill`: no live part exists in it at all. `untouched`: nothing is
 * made in the data folder.
 */
export type AppWants = 'definitions' | 'drill' | 'untouched';

/** A context with the way to end it: the app leaves what is still open, and is closed. */
export type Session = Readonly<{ context: Context; end: () => Promise<void> }>;

export function startSession(world: World, globals: Globals, print: Printer, practice = false): Session {
  const { stdin, stdout, env, cwd } = world.environment;
  const interactive = stdin.tty && stdout.tty && globals.input && !globals.json;
  const passphrases = passphrasesOf(world, interactive);
  let opened: Promise<App> | null = null;
  const app = (wants?: AppWants): Promise<App> =>
    (opened ??= world.openApp({
      packageRoot: world.packageRoot,
      env,
      cwd,
      as: globals.as,
      zone: globals.zone,
      drillOnly: wants === 'drill',
      practice,
      untouched: wants === 'untouched',
      definitions: wants === undefined || wants === 'untouched' ? 'later' : 'now',
      passphrase: async (again) => await passphrases.current(again),
      heard: (notice) => {
        for (const line of keyWarning(notice)) print.say(line);
      },
    }));
  const incident = async (id: string | null | undefined, readOnly: boolean): Promise<OpenIncident> =>
    await (await app()).open(id ?? globals.incident ?? undefined, { takeOver: globals.takeOver, readOnly });
  const context: Context = {
    world,
    globals,
    print,
    interactive,
    passphrases,
    interruptible: { stop: null },
    drawable: interactive && !globals.plain && (env['TERM'] !== 'dumb' || globals.screenReader),
    app,
    async real() {
      await (await opened?.catch(() => null))?.close();
      opened = null;
      return await app('definitions');
    },
    incident: (id) => incident(id, true),
    async writable(id) {
      refuseReadOnly(globals);
      return await incident(id, false);
    },
  };
  // An app that did not open has been reported already.
  return { context, end: async () => await (await opened?.catch(() => null))?.close() };
}

export function refuseReadOnly(globals: Globals): void {
  if (globals.readOnly)
    throw new Problem('not-authorised', {
      why: '--read-only was given',
      next: 'leave out --read-only to act or write',
    });
}
