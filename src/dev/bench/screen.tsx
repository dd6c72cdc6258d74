import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Box, Text, render } from 'ink';
import { useSyncExternalStore, type ReactElement } from 'react';
import type { App, OpenDrill } from '../../app/contract.ts';
import type { Terminal } from '../../io/terminal.ts';
import type { Fresh } from '../../model/event.ts';
import { runTui } from '../../tui/main.tsx';
import { rounds } from './rounds.ts';

// Started by bench/screens.ts in a process of its own, so that only the screen's work is counted; prints the results as JSON.
// CPU time of the whole process, garbage collection and compilation included.

/** The app in memory that the tests of the screens use: its path is the second argument, the number of rounds the first. */
type Fakes = Readonly<{
  fakeApp: (options: Readonly<{ steps: number }>) => App & {
    advance: (ms: number) => void;
    incident: () => OpenDrill & { write: (...events: readonly Fresh[]) => void };
  };
}>;
const { fakeApp } = (await import(process.argv[3] ?? '')) as Fakes;

const UPDATES = 30;
// Ink draws at most thirty times a second: closer together, several keys would share one picture.
const APART = 40;
const STEPS = 200;

class Keyboard extends EventEmitter {
  readonly isTTY = true;
  private typed: string[] = [];
  setEncoding(): void {}
  setRawMode(): this {
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
  ref(): void {}
  unref(): void {}
  read(): string | null {
    return this.typed.shift() ?? null;
  }
  type(text: string): void {
    this.typed.push(text);
    this.emit('readable');
  }
}

class Paper extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 120;
  readonly rows = 40;
  writes = 0;
  write(_text: string | Uint8Array, ...rest: unknown[]): boolean {
    this.writes += 1;
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(done as () => void);
    return true;
  }
}

const streams = () => {
  const stdin = new Keyboard();
  const stdout = new Paper();
  return {
    type: (text: string) => stdin.type(text),
    drawn: () => stdout.writes,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stdout as unknown as NodeJS.WriteStream,
  };
};

/** Milliseconds of CPU that one update takes, of many; each must have drawn something. */
const cpuOf = async (update: (i: number) => void, drawn: () => number): Promise<number> => {
  const before = drawn();
  const from = process.cpuUsage();
  for (let i = 0; i < UPDATES; i += 1) {
    update(i);
    await wait(APART);
  }
  const { user, system } = process.cpuUsage(from);
  if (drawn() - before < UPDATES) throw new Error('an update drew nothing');
  return (user + system) / 1000 / UPDATES;
};

/** What Ink itself takes to change one line of as many. */
const openBare = () => {
  const terminal = streams();
  let at = 0;
  let changed = (): void => {};
  const Lines = (): ReactElement => {
    const now = useSyncExternalStore(
      (listener) => {
        changed = listener;
        return () => {};
      },
      () => at,
    );
    return (
      <Box flexDirection="column">
        {Array.from({ length: 40 }, (_, i) => (
          <Text key={i}>{i === now % 40 ? `> step ${i}` : `  step ${i}`}</Text>
        ))}
      </Box>
    );
  };
  render(<Lines />, {
    ...terminal,
    patchConsole: false,
    interactive: true,
    incrementalRendering: true,
    alternateScreen: true,
  });
  const next = (): void => {
    at += 1;
    changed();
  };
  return { next, drawn: terminal.drawn };
};

const openReal = () => {
  const terminal = streams();
  const app = fakeApp({ steps: STEPS });
  const incident = app.incident();
  const given: Terminal = {
    ...terminal,
    color: true,
    ascii: false,
    screenReader: false,
    alternateScreen: true,
    alert: () => {},
    suspend: async () => await Promise.resolve(false),
    onStops: () => () => undefined,
  };
  void runTui({ app, start: { screen: 'incident', incident }, terminal: given });
  return { app, incident, type: terminal.type, drawn: terminal.drawn };
};

const BARE = 'Ink alone, one of 40 lines changes';
const bare = openBare();
const real = openReal();
await wait(500);
const results = await rounds(
  [
    { name: BARE, goal: null, measure: async () => await cpuOf(bare.next, bare.drawn) },
    {
      name: `key, incident of ${STEPS} steps`,
      goal: { most: 10 },
      measure: async () => await cpuOf((i) => real.type(i % 20 < 10 ? 'j' : 'k'), real.drawn),
    },
    {
      name: `entry a minute later, ${STEPS} steps`,
      goal: { most: 10 },
      measure: async () =>
        await cpuOf(() => {
          real.app.advance(61_000);
          real.incident.write({
            kind: 'note.added',
            pub: { at: real.app.now(), star: false, corrects: null },
            priv: { text: { class: 'staff', value: 'Seen by the duty desk' } },
          });
        }, real.drawn),
    },
  ],
  Number(process.argv[2] ?? 5),
);
process.stdout.write(JSON.stringify(results));
process.exit(0);
