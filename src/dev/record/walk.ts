import type { App } from '../../app/contract.ts';
import { runTui } from '../../tui/main.tsx';
import { svgOf, type Grid } from './svg.ts';
import { openTerminal, type VirtualTerminal } from './terminal.ts';
import type { HandClock } from './world.ts';

/** A person at the keyboard, and the moments at which a picture is taken. */

export type Stage = Readonly<{ app: App; clock: HandClock }>;
export type Picture = Readonly<{ name: string; svg: string; text: string }>;

const ENTER = '\r';
const ESC = '\u001B';
const CTRL_C = '\u0003';
const CTRL_Y = '\u0019';

const SECOND = 1000;

type Hand = Readonly<{
  /** Presses keys one after the other and waits until the picture stands still. */
  keys(...keys: readonly string[]): Promise<void>;
  types(text: string): Promise<void>;
  shows(words: string): boolean;
  /** Goes on once the screen says so. @throws Error when it does not within `PATIENCE` looks */
  sees(words: string): Promise<void>;
  /** The same, past the pages that sum a finished phase up. */
  arrives(words: string): Promise<void>;
  waits(seconds: number): Promise<void>;
  picture(name: string, title: string): void;
}>;

const PATIENCE = 80;
const PHASE_ENDS = 'Phase complete';

/** The operating system gives each simulator a port by chance: the picture shows one that is always the same. */
const withOnePort = (grid: Grid): Grid =>
  grid.map((row) => {
    const found = /127\.0\.0\.1:(\d{5})/.exec(row.map(({ text }) => text || ' ').join(''));
    const start = found === null ? Infinity : found.index + '127.0.0.1:'.length;
    return row.map((cell, x) =>
      x >= start && x < start + 5 ? { ...cell, text: '48080'.charAt(x - start) } : cell,
    );
  });

const handAt = (screen: VirtualTerminal, clock: HandClock, taken: Picture[]): Hand => ({
  async keys(...keys) {
    for (const key of keys) {
      screen.press(key);
      await screen.still();
    }
  },
  async types(text) {
    screen.paste(text);
    await screen.still();
  },
  shows: (words) => screen.text().includes(words),
  async sees(words) {
    for (let looks = 0; !screen.text().includes(words); looks += 1) {
      if (looks === PATIENCE) throw new Error(`the screen never said "${words}":\n${screen.text()}`);
      await screen.still();
    }
  },
  async arrives(words) {
    while (!screen.text().includes(words) && screen.text().includes(PHASE_ENDS)) {
      screen.press(ENTER);
      await screen.still();
    }
    await this.sees(words);
  },
  async waits(seconds) {
    await clock.pass(seconds * SECOND);
    await screen.still();
  },
  picture: (name, title) => {
    taken.push({ name, svg: svgOf(withOnePort(screen.grid()), title), text: screen.text() });
  },
});

/** The credential that leaked in this drill: its made-up value comes from the drill's own clipboard. */
const TOKEN = 'lrh-prod-su';

/** From the home screen into the drill, up to the step that asks for the leaked token. */
const beginDrill = async (hand: Hand): Promise<void> => {
  await hand.keys('r');
  await hand.types('whatsapp');
  await hand.keys(ENTER);
  await hand.sees('You are told');
  await hand.waits(40);
  await hand.keys(ESC);
  await hand.sees('Write down what was reported');
};

/** The first two questions: what was reported, and since when. */
const answerReport = async (hand: Hand): Promise<void> => {
  await hand.keys(ENTER);
  await hand.types(
    'Secret scanner: a live token of app LRH Chat stands in a public notebook of a contractor.',
  );
  await hand.waits(50);
  await hand.keys(ENTER);
  await hand.sees('Record the earliest sign');
  await hand.keys(ENTER);
  await hand.types('02:10');
  await hand.waits(20);
  await hand.keys(ENTER);
  await hand.arrives('Give the leaked token');
};

/** Gives the token in its hidden field and writes down what the console shows of it. */
const giveToken = async (hand: Hand): Promise<void> => {
  await hand.keys(ENTER);
  await hand.sees(TOKEN);
  await hand.keys(CTRL_Y);
  await hand.waits(25);
  while (!hand.shows('Copy what Meta shows')) await hand.keys(ENTER);
  await hand.keys(' ');
  await hand.types('Screenshot of system user lrh-prod-su: two scopes, no expiry, last used 06:31.');
  await hand.waits(70);
  await hand.keys(ENTER);
  await hand.arrives('Revoke the leaked token');
};

/** The plan of the kill, with the name of its target typed: enter would run it. */
const preview = async (hand: Hand): Promise<void> => {
  await hand.keys('x');
  await hand.sees('Targets');
  await hand.waits(15);
  await hand.types(TOKEN);
};

const run = async (hand: Hand): Promise<void> => {
  await hand.keys(ENTER);
  await hand.sees('PROVED');
};

/** The whole way at the smallest size that is promised, with a picture of each screen that matters. */
const smallWalk = async (hand: Hand): Promise<void> => {
  hand.picture('home', 'firebreak: where it begins');
  await beginDrill(hand);
  await answerReport(hand);
  await giveToken(hand);
  hand.picture('step', 'firebreak: the current step');
  await preview(hand);
  hand.picture('plan', 'firebreak: the plan of a kill and its confirmation');
  await run(hand);
  hand.picture('proof', 'firebreak: the proof');
  await hand.keys(ENTER, 'c');
  hand.picture('clocks', 'firebreak: the legal clocks');
};

const wideWalk = async (hand: Hand): Promise<void> => {
  await beginDrill(hand);
  await answerReport(hand);
  await giveToken(hand);
  await preview(hand);
  await run(hand);
  await hand.keys(ENTER);
  hand.picture('incident-wide', 'firebreak: an incident with steps and journal beside it');
};

/** Runs the app on a terminal, walks, and leaves as a person does. */
const record = async (
  stage: Stage,
  columns: number,
  rows: number,
  walk: typeof smallWalk,
): Promise<readonly Picture[]> => {
  const taken: Picture[] = [];
  const screen = openTerminal(columns, rows);
  const running = runTui({ app: stage.app, start: { screen: 'home' }, terminal: screen.terminal });
  const hand = handAt(screen, stage.clock, taken);
  await screen.still();
  await walk(hand);
  await hand.keys(CTRL_C, CTRL_C);
  await running;
  return taken;
};

/** A stage is made anew for each size: both walks begin on an empty home screen. */
export const recordPictures = async (newStage: () => Promise<Stage>): Promise<readonly Picture[]> => [
  ...(await record(await newStage(), 80, 24, smallWalk)),
  ...(await record(await newStage(), 120, 36, wideWalk)),
];
