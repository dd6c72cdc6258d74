import { afterEach, describe, expect, test } from 'vitest';
import type { Backstage, IncidentSummary } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { fakeApp, type FakeApp } from '../fakes/app.ts';
import { fakeBackstage, fakeSeat, type FakeSeat } from '../fakes/seat.ts';
import { keys, openScreen, type Screen, type ScreenOptions } from '../rig/screen.ts';

/** The screen of the facilitator: what is seen, what is directed, and what no single key does. */

let open: Screen | null = null;
afterEach(async () => {
  await open?.type(keys.esc, keys.esc, keys.ctrlC, keys.ctrlC);
  await open?.result;
  open = null;
});

type Sitting = Readonly<{
  at: Screen;
  seat: FakeSeat;
  show: (page: Partial<Backstage>) => void;
  cut: (error: Error | null) => void;
}>;

/** The picture follows the drill within a second. */
const SOON = { timeout: 5000, interval: 50 };

const sitting = async (options: ScreenOptions = {}, app: FakeApp = fakeApp()): Promise<Sitting> => {
  let page = fakeBackstage;
  let error: Error | null = null;
  const seat = fakeSeat(
    () => page,
    () => error,
  );
  const rejoining: FakeApp = {
    ...app,
    facilitate: async () => (error === null ? seat : await Promise.reject(error)),
  };
  const at = openScreen(rejoining, { ...options, start: { screen: 'facilitate', seat, page } });
  open = at;
  await at.still();
  return {
    at,
    seat,
    show: (next) => void (page = { ...fakeBackstage, ...next }),
    cut: (why) => void (error = why),
  };
};

const chosen = (at: Screen): string =>
  at
    .text()
    .split('\n')
    .find((row) => row.startsWith('> ')) ?? '';

describe('what a facilitator sees', () => {
  const SIZES = [
    { name: '80x24', columns: 80, rows: 24, ascii: false },
    { name: '80x24-ascii', columns: 80, rows: 24, ascii: true },
    { name: '60x18', columns: 60, rows: 18, ascii: true },
    { name: '120x40', columns: 120, rows: 40, ascii: false },
  ] as const;
  const LOOKS = {
    facilitate: [],
    'facilitate-players': [keys.tab],
    'facilitate-truth': [keys.tab, keys.tab],
    'facilitate-message': ['m'],
    'facilitate-end': ['E'],
  } as const;
  for (const { name, ...size } of SIZES)
    test.each(Object.entries(LOOKS))(`%s at ${name}`, async (look, walk) => {
      const { at } = await sitting(size);
      await at.type(...walk);
      await expect(at.text()).toMatchFileSnapshot(`../golden/screens/${look}-${name}.txt`);
    });

  test('the message that comes next is chosen, until somebody chooses; then it stays chosen when others arrive', async () => {
    const { at, show } = await sitting();
    expect(chosen(at)).toContain('what-to-cut');
    await at.type('j');
    expect(chosen(at)).toContain('fraud-reports');
    const [first, second, ...rest] = fakeBackstage.queue;
    if (first === undefined || second === undefined) throw new Error('messages');
    show({ queue: [...rest, first, { ...second, state: 'arrived' }] });
    await expect.poll(() => at.text(), SOON).toMatch(/CAME +what-to-cut/);
    expect(chosen(at)).toContain('fraud-reports');
    await at.type('.');
    expect(chosen(at)).toContain('fraud-reports');
  });

  test('a screen reader hears that an attacker is refused, and not each try', async () => {
    const { at, show } = await sitting({ screenReader: true });
    const [first, ...rest] = fakeBackstage.attackers;
    if (first === undefined) throw new Error('an attacker');
    // An empty frame of the renderer is no word.
    const heard = (from: number): string =>
      at.bytes().slice(from).replaceAll('\u001b[?2026h', '').replaceAll('\u001b[?2026l', '');
    const before = at.bytes().length;
    show({ minute: 12.9, attackers: [{ ...first, tries: 15 }, ...rest] });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(heard(before)).toBe('');
    show({ attackers: [{ ...first, gets_in: false }, ...rest] });
    await expect.poll(() => heard(before), SOON).toContain('REFUSED The altered loader');
  });

  test('without colour not one style sequence is written, and every state has its word', async () => {
    const { at } = await sitting({ color: false, columns: 120, rows: 40 });
    for (const word of ['GETS IN', 'REFUSED', 'LATE', 'PLANNED', 'HELD', 'SKIPPED', 'IF'])
      expect(at.text()).toContain(word);
    // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
    expect(at.bytes()).not.toMatch(/\u001b\[[\d;]*m/);
  });
});

describe('what a facilitator does', () => {
  test('sends, holds and leaves out the chosen message', async () => {
    const { at, seat } = await sitting();
    await at.type('f', 'h', 'x');
    expect(seat.directed).toEqual([
      { do: 'fire', inject: 'what-to-cut' },
      { do: 'hold', inject: 'what-to-cut' },
      { do: 'skip', inject: 'what-to-cut' },
    ]);
    expect(at.text()).toContain('Directed: skip.');
  });

  test('a message that has arrived can be read and no longer directed', async () => {
    const { at, seat } = await sitting();
    await at.type('g', 'f');
    expect(at.text()).toContain('Not now: it has arrived already.');
    expect(seat.directed).toEqual([]);
    await at.type(keys.enter);
    expect(at.text()).toContain('A script on the payment page changed 31 hours ago.');
  });

  test('time stands still and goes on by one key', async () => {
    const { at, seat, show } = await sitting();
    await at.type('p');
    show({ paused: true });
    await expect.poll(() => at.text(), SOON).toContain('TIME STANDS STILL');
    await at.type('p');
    expect(seat.directed).toEqual([{ do: 'pause' }, { do: 'go-on' }]);
  });

  test('a message of their own goes out only once somebody has chosen that it does', async () => {
    const { at, seat } = await sitting();
    await at.type('m', keys.enter, keys.enter, 'Is anybody there?', keys.enter);
    await at.type(keys.enter);
    expect(seat.directed).toEqual([]);
    await at.type(keys.down, keys.down, keys.enter);
    expect(at.text()).toContain('Not sent.');
    expect(seat.directed).toEqual([]);
    await at.type(keys.up, keys.enter);
    expect(seat.directed).toEqual([
      { do: 'free', channel: 'chat', to: 'commander', text: 'Is anybody there?' },
    ]);
  });

  test('help and speed are written down; a speed that is none is refused with what it can be', async () => {
    const { at, seat } = await sitting();
    await at.type('a', 'Look at the served bytes', keys.enter);
    await at.type('s', '5000', keys.enter);
    expect(at.text()).toContain('a number from 0.1 to 600');
    await at.type(keys.ctrlU, '20', keys.enter);
    expect(seat.directed).toEqual([
      { do: 'assist', text: 'Look at the served bytes' },
      { do: 'compress', speed: 20 },
    ]);
  });

  test('the drill is ended by a typed word; Enter alone never does', async () => {
    const { at, seat } = await sitting();
    await at.type('E', keys.enter, 'yes', keys.enter);
    expect(seat.directed).toEqual([]);
    await at.type(keys.ctrlU, 'end', keys.enter);
    expect(seat.directed).toEqual([{ do: 'end' }]);
  });

  test('what the drill refuses is said in its own words, and the screen goes on', async () => {
    const { at, cut, seat } = await sitting();
    cut(new Problem('usage', { why: 'the message what-to-cut has arrived already' }));
    await at.type('f');
    expect(at.text()).toContain('the message what-to-cut has arrived already');
    expect(seat.directed).toEqual([]);
    cut(null);
  });
});

describe('when the drill ends under it', () => {
  test('says that it is over and why, and directs nothing any more', async () => {
    const { at, seat, show } = await sitting();
    show({ over: 'The players have played it to its score.' });
    await expect.poll(() => at.text(), SOON).toContain('OVER: The players have played it to its score.');
    await at.type('f');
    expect(at.text()).toContain('Not now: the drill is over.');
    await at.type('E');
    expect(seat.directed).toEqual([]);
  });

  test('says that nobody plays it, keeps what was seen, and sits down again once they go on', async () => {
    const { at, cut } = await sitting();
    cut(new Problem('not-found', { what: 'drill that people play now', id: '', why: 'nobody plays it' }));
    await expect.poll(() => at.text(), SOON).toContain('NOBODY PLAYS NOW');
    expect(chosen(at)).toContain('what-to-cut');
    await at.type('f');
    expect(at.text()).toContain('Not now: nobody plays this drill now.');
    cut(null);
    await expect.poll(() => at.text(), SOON).not.toContain('NOBODY PLAYS NOW');
  });

  test('says that it is over where the players ended it and were gone between two looks', async () => {
    const closed = { id: fakeBackstage.drill, phase: 'closed' } as IncidentSummary;
    const { at, cut } = await sitting({}, { ...fakeApp(), incidents: () => [closed] });
    cut(new Problem('not-found', { what: 'drill that people play now', id: '', why: 'nobody plays it' }));
    await expect.poll(() => at.text(), SOON).toContain('OVER: It was ended and closed');
    expect(at.text()).not.toContain('NOBODY PLAYS NOW');
  });

  test('leaving takes two presses, says that the drill goes on, and how to come back', async () => {
    const { at } = await sitting();
    await at.type(keys.esc);
    expect(at.text()).toContain('the drill goes on without you');
    await at.type(keys.esc);
    expect((await at.result).summary.join('\n')).toContain('firebreak drill facilitate');
    open = null;
  });
});
