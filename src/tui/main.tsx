import { render, useAnimation, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { useCallback, useEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
import type { App, Keymap } from '../app/contract.ts';
import type { Terminal } from '../io/terminal.ts';
import { nextClock } from '../projections/countdowns.ts';
import { keyTable } from './keys.ts';
import { leftWords } from './parts/clock.ts';
import type { Line } from './parts/line.ts';
import { bothTimes } from './parts/when.ts';
import type { Seated, Size, World } from './screen.ts';
import { boundScreen } from './screens/index.ts';
import { announce } from './shell/announce.ts';
import { messagesOf } from './shell/input.ts';
import { top, type Model } from './shell/model.ts';
import { Paint } from './shell/paint.tsx';
import { openStore, type Start, type Store } from './shell/store.ts';
import type { Look } from './theme.ts';

/** `readOnly`: nothing is to be written, as `--read-only` asks. */
export type TuiInput = Readonly<{ app: App; start: Start; terminal: Terminal; readOnly?: boolean }>;

/** What the caller prints on the normal screen afterwards, and its exit code. */
export type TuiResult = Readonly<{ code: number; summary: readonly string[]; next: Model['next'] }>;

/** Keys and pastes go to the store; the store says when the picture changed. */
const useStore = (store: Store, terminal: Terminal): Size => {
  const { exit, suspendTerminal } = useApp();
  const size = useWindowSize();
  useSyncExternalStore(
    useCallback((changed: () => void) => store.subscribe(changed), [store]),
    () => store.version(),
  );
  store.resize(size);
  useEffect(() => {
    const suspend = async (): Promise<void> => suspendTerminal(async () => void (await terminal.suspend()));
    // Leaving and coming back is what makes Ink take the keyboard again and draw every line.
    const repaint = async (): Promise<void> => suspendTerminal(() => {});
    store.connect({ alert: (text) => terminal.alert(text), suspend, repaint });
    return terminal.onStops({
      stop: () => void suspend().catch(() => undefined),
      back: () => void repaint().catch(() => undefined),
    });
  }, [store, terminal, suspendTerminal]);
  const early = useRef(true);
  useInput((input, key) => {
    // All that was typed while the program started arrives at once, in the same turn.
    if (early.current) queueMicrotask(() => void (early.current = false));
    const model = store.model();
    const typing = model.overlay?.is === 'palette' || boundScreen(top(model), store.world()).typing;
    for (const message of messagesOf(input, key, typing, early.current)) store.send(message);
  });
  usePaste((text) => store.send({ is: 'paste', text }));
  const { frame } = useAnimation({ interval: store.redrawEveryMs() });
  useEffect(() => {
    if (frame > 0) store.tick();
  }, [frame, store]);
  const { done } = store.model();
  useEffect(() => {
    if (done) exit();
  }, [done, exit]);
  return size;
};

const FullScreen = ({ store, terminal }: Readonly<{ store: Store; terminal: Terminal }>): ReactElement => {
  const size = useStore(store, terminal);
  return <Paint lines={store.lines(size)} color={terminal.color} columns={size.columns} />;
};

/**
 * For a screen reader: lines are only ever added, and only what has changed is added. They are written past the renderer,
 * so that not one control sequence stands between them.
 */
const Linear = ({ store, terminal }: Readonly<{ store: Store; terminal: Terminal }>): null => {
  const size = useStore(store, terminal);
  const before = useRef<Readonly<{ lines: readonly Line[]; screen: string }>>({ lines: [], screen: '' });
  const version = store.version();
  useEffect(() => {
    const model = store.model();
    const screen = `${model.stack.length} ${top(model).at} ${model.overlay?.is ?? ''}`;
    const lines = store.linear(size);
    const news = announce(before.current.lines, lines, before.current.screen === screen);
    before.current = { lines, screen };
    if (news.length > 0) terminal.stdout.write(`${news.join('\n')}\n`);
  }, [store, terminal, version, size]);
  return null;
};

const facilitatedWords = ({ page, lost }: Seated): string => {
  if (page.over !== null)
    return `DRILL ${page.title} (${page.drill}) is over: ${page.over} Its report: firebreak drill report ${page.drill}`;
  return lost === null
    ? `DRILL ${page.title} (${page.drill}) goes on without a facilitator. Sit down again with: firebreak drill facilitate`
    : `DRILL ${page.title} (${page.drill}): nobody plays it now. It goes on with: firebreak drill run ${page.runbook}`;
};

/** A few lines for the normal screen: which incident, what next, which clock, how to come back. */
const summaryOf = (world: World): readonly string[] => {
  const { view, drill, seated } = world;
  if (seated !== null) return [facilitatedWords(seated)];
  if (view === null) return [];
  const clock = nextClock(view.clocks);
  return [
    `${drill === null ? 'Incident' : 'DRILL'} ${view.state.codename} (${view.id}) is ${view.state.phase === 'closed' ? 'closed' : 'open'}.`,
    `Next step: ${view.progress.current?.step.title ?? 'none left'}`,
    `Nearest clock: ${clock === null ? 'none' : `${leftWords(clock)}, ${clock.title} (${clock.duty})`}`,
    ...(clock?.due == null ? [] : [`Due: ${bothTimes(clock.due, view.zone)}`]),
    `Go on with: firebreak ${drill === null ? `resume ${view.id}` : `drill run ${view.state.runbook ?? ''}`}`,
  ];
};

/** A file of keys holds as a whole or not at all: half of it would be worse than none. */
const unusedKeys = ({ issues: [first] }: Keymap): string =>
  `Your keymap.yaml is not used, firebreak's own keys are. Line ${first?.line ?? 1}: ${first?.message ?? 'it cannot be read'}. All of it: firebreak keymap --check`;

/**
 * Runs the app on a terminal until the person leaves. Writes nothing to the normal screen afterwards: the summary is the
 * caller's to print. The incident that is open at the end has been left, and its journal checkpointed.
 */
export async function runTui({ app, start, terminal, readOnly = false }: TuiInput): Promise<TuiResult> {
  const keys = await app.keymap(keyTable);
  const { color, ascii, screenReader } = terminal;
  const look: Look = { color, ascii, screenReader, remap: keys.remap };
  const size = { columns: terminal.stdout.columns, rows: terminal.stdout.rows };
  const store = openStore(app, start, look, size, { readOnly });
  if (keys.issues.length > 0)
    store.send({ is: 'effects', effects: [{ do: 'say', tone: 'warn', text: unusedKeys(keys) }] });
  const Root = terminal.screenReader ? Linear : FullScreen;
  const ink = render(<Root store={store} terminal={terminal} />, {
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    stderr: terminal.stderr,
    exitOnCtrlC: false,
    patchConsole: false,
    // Left alone, Ink draws nothing until the end where the environment says CI, even on the terminal of a person.
    interactive: true,
    alternateScreen: terminal.alternateScreen,
    incrementalRendering: true,
    isScreenReaderEnabled: terminal.screenReader,
  });
  let code = 0;
  try {
    await ink.waitUntilExit();
  } catch {
    code = 1;
  }
  const world = store.world();
  const summary = summaryOf(world);
  await world.incident?.leave();
  world.seated?.seat.leave();
  return { code, summary, next: store.model().next };
}
