import { join } from 'node:path';
import { isProblem, Problem } from '../base/problem.ts';
import { nextTurn } from '../io/clock.ts';
import type { Signal } from '../io/environment.ts';
import { systemFailure } from './crash.ts';
import { startSession, type Session, type World } from './context.ts';
import { describe, type Failure } from './failure.ts';
import { globalsOf, type Globals } from './globals.ts';
import { printer, safeJson, type Printer } from './print.ts';
import { parse } from './program.ts';
import { inputOf, PRACTICE, type Input, type Run } from './spec.ts';

const SIGNAL_CODES: Readonly<Record<Signal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Runs one command line in a world; the number is the exit code. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  const code = await obey(argv, world);
  await nextTurn();
  const { lost } = world.environment.stdout;
  if (lost === null) return code;
  const print = printer(world.environment, globalsOf({ json: argv.includes('--json') }));
  const problem = new Problem('output-lost', { why: lost });
  const told = report(describe(problem) ?? systemFailure(problem, world), print, world);
  return code === 0 ? told : code;
}

async function obey(argv: readonly string[], world: World): Promise<number> {
  const { environment } = world;
  const parsed = parse(argv, Math.min(environment.stdout.columns, 100));
  switch (parsed.is) {
    case 'said':
      environment.stdout.write(parsed.stdout);
      environment.stderr.write(parsed.stderr);
      return parsed.code;
    case 'wrong': {
      const problem = new Problem('usage', {
        why: parsed.why.replaceAll(/\s*\n\s*/g, ' '),
        next: parsed.next,
      });
      return report(
        describe(problem) ?? systemFailure(problem, world),
        printer(environment, parsed.globals),
        world,
      );
    }
    case 'version':
      environment.stdout.write(`firebreak ${versionOf(world)}\n`);
      return 0;
    case 'home': {
      const { home } = await import('./commands/home.ts');
      return await attempt('', home, inputOf([], [], {}), parsed.globals, world);
    }
    case 'run': {
      const { load } = parsed.spec;
      return load === undefined
        ? 2
        : await attempt(parsed.path, await load(), parsed.input, parsed.globals, world);
    }
  }
}

/** The program's version, as its package says. */
export function versionOf({ packageRoot, files }: World): string {
  const found: unknown = JSON.parse(files.readText(join(packageRoot, 'package.json'), 1024 * 1024));
  return typeof found === 'object' && found !== null && 'version' in found
    ? String(found.version)
    : 'unknown';
}

/** What a command was asked wrongly is explained on its own page, where nothing better is known. */
const withItsPage = (failure: Failure, error: unknown, path: string): Failure =>
  isProblem(error) && error.code === 'usage' && error.facts['next'] === undefined
    ? { ...failure, next: [`firebreak${path === '' ? '' : ` ${path}`} --help`] }
    : failure;

async function attempt(
  path: string,
  command: Run,
  input: Input,
  globals: Globals,
  world: World,
): Promise<number> {
  const practice = input.flag(PRACTICE);
  const print = printer(world.environment, globals, practice);
  const session = startSession(world, globals, print, practice);
  const stop = endOnSignal(session, world);
  try {
    const code = await command(session.context, input);
    await session.end();
    return code;
  } catch (error) {
    await session.end().catch(() => undefined);
    const failure = describe(error) ?? systemFailure(error, world);
    return report(withItsPage(failure, error, path), print, world);
  } finally {
    stop();
  }
}

/** A signal leaves the incident in order, then ends the process at once: what is in flight is told apart at the next start. */
function endOnSignal(session: Session, { environment }: World): () => void {
  let asked = false;
  return environment.onSignal((signal) => {
    const leave = (): void => environment.exit(SIGNAL_CODES[signal]);
    const { interruptible, print } = session.context;
    if (signal === 'SIGINT' && interruptible.stop !== null && !interruptible.stop.signal.aborted) {
      print.say('Stopping after what is under way; nothing further is begun. Ctrl-C again leaves at once.');
      interruptible.stop.abort();
      return;
    }
    // Whoever asks twice does not want to wait.
    if (asked) leave();
    asked = true;
    session.end().then(leave, leave);
  });
}

/** Said when the process dies of an error outside every command: as for any unforeseen one, with secrets masked. */
export function lastWords(error: unknown, argv: readonly string[], world: World): void {
  const print = printer(world.environment, globalsOf({ json: argv.includes('--json') }));
  report(systemFailure(error, world), print, world);
}

/** Says what failed, what is still true and what to do next; the number is the exit code. */
function report(failure: Failure, print: Printer, { environment }: World): number {
  if (failure.exit === 130) return 130;
  if (print.json) {
    environment.stderr.write(
      `${safeJson({ schema: 'firebreak.problem/v1', ...(print.practice ? { practice: true } : {}), ...failure })}\n`,
    );
    return failure.exit;
  }
  print.say(`firebreak: ${failure.failed}`);
  for (const detail of failure.details) print.say(`  ${detail}`);
  if (failure.still !== '') print.say(`  Still true: ${failure.still}`);
  for (const next of failure.next) print.say(`  Next: ${next}`);
  return failure.exit;
}
