import { expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { openLedger, type IncidentLedger } from '../../src/app/ledger.ts';
import { virtualClock } from '../../src/drill/clock.ts';
import { startKeeper, type Keeper } from '../../src/engine/anchor/keeper.ts';
import { NotAnchored, type Place } from '../../src/engine/anchor/place.ts';
import { signAws } from '../../src/engine/anchor/sigv4.ts';
import { syslogFrames } from '../../src/engine/ship/syslog.ts';
import { anchoredSize } from '../../src/incident/anchored.ts';
import { NetworkError } from '../../src/io/http.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import type { Fresh } from '../../src/model/event.ts';
import { at } from '../fakes/clock.ts';
import { newJournal } from '../journal/journals.ts';

/** A place that keeps notes in memory, answers after a while, and can be made to misbehave. */
type Shelf = {
  notes: Map<string, string>;
  puts: number;
  answer: (what: 'put' | 'read') => 'ok' | 'lost' | 'refused';
};

const rig = (answer: Shelf['answer'] = () => 'ok', latency = 150) => {
  const clock = virtualClock(at('2026-03-01T09:00:00Z'));
  const journal = newJournal({ clock });
  const opened = openLedger(journal, 'ana');
  // The virtual clock stands still while something is written, as a real one nearly does.
  const ledger: IncidentLedger = {
    ...opened,
    append: async (events) => {
      clock.busy(1);
      try {
        return await opened.append(events);
      } finally {
        clock.busy(-1);
      }
    },
  };
  const left = new AbortController();
  const shelf: Shelf = { notes: new Map(), puts: 0, answer };
  /** As a request does: it is answered after a while, or its deadline passes. */
  const exchange = async (what: 'put' | 'read', signal: AbortSignal): Promise<void> => {
    const came = shelf.answer(what);
    if (came === 'lost') {
      await clock.sleep(1_000_000, signal).catch(() => undefined);
      throw new NetworkError('timeout', true, 'no answer in time');
    }
    await clock.sleep(latency, signal).catch(() => {
      throw new NetworkError('timeout', true, 'no answer in time');
    });
    if (came === 'refused') throw new NotAnchored('refused', 'go away');
  };
  const place: Place = {
    kind: 'slack',
    put: async ({ note, size }, signal) => {
      shelf.puts += 1;
      await exchange('put', signal);
      shelf.notes.set(String(size), note);
      return { place: { ts: String(size) }, proof: null };
    },
    back: {
      is: 'read',
      read: async ({ ts = '' }, signal) => {
        await exchange('read', signal);
        return shelf.notes.get(ts) ?? null;
      },
    },
  };
  const within = (ms: number): AbortSignal => {
    const ended = new AbortController();
    void clock.sleep(ms, left.signal).then(
      () => ended.abort(new Error('too late')),
      () => undefined,
    );
    return ended.signal;
  };
  const start = (places: Readonly<Record<string, Place>> = { room: place }): Keeper => {
    const keeper = startKeeper({ clock, places, journal, ledger, actor: 'ana', within }, left.signal);
    ledger.onChange(() => keeper.poke());
    return keeper;
  };
  const note = (): Fresh => ({
    kind: 'note.added',
    pub: { at: clock.now(), star: false, corrects: null },
  });
  const intent = (): Fresh =>
    ({
      kind: 'act.intent',
      pub: {
        step: null,
        target: 't',
        instance: 'i',
        action: 'a.b',
        attempt: 1,
        direction: 'do',
        of: null,
        effect: 'irreversible',
        retry: 'B',
        confidence: 'confirmed',
        idem: 'k',
        plan_sha256: '',
      },
    }) as unknown as Fresh;
  const window = () => ledger.window(anchoredSize(ledger.state().anchors), journal.size());
  const kinds = () => [...ledger.entries()].map(({ kind }) => kind);
  return { clock, journal, ledger, left, shelf, place, start, note, intent, window, kinds };
};

/** How long the window stayed open after an entry, by the virtual clock. */
const closes = async (one: ReturnType<typeof rig>, most: number): Promise<number> => {
  const from = one.clock.now();
  while (one.window().behind > 0 && one.clock.now() - from < most) await one.clock.sleep(100);
  return one.clock.now() - from;
};

/** Mulberry32: the same dice in every run. */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

test('the window is closed within ten seconds of what cannot be undone, with one packet in five lost', async () => {
  const dice = chance(7);
  const one = rig(() => (dice() < 0.2 ? 'lost' : 'ok'));
  one.start();
  const took: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    await one.ledger.append([one.intent()]);
    took.push(await closes(one, 60_000));
    await one.clock.sleep(40_000);
  }
  one.left.abort();
  took.sort((a, b) => a - b);
  expect(took[Math.floor(took.length * 0.99)]).toBeLessThanOrEqual(10_000);
  expect(took[0]).toBeGreaterThanOrEqual(300);
  // The control: a network that loses nothing is faster than one that does, so losses did cost time.
  expect(took.at(-1)).toBeGreaterThan(took[0] ?? 0);
  const { path } = one.journal;
  one.journal.close();
  expect(verifyJournal(path)).toMatchObject({ ok: true });
}, 60_000);

test('anything else leaves within a minute, and in one round for all of it', async () => {
  const one = rig();
  one.start();
  await one.ledger.append([one.note()]);
  await one.clock.sleep(5000);
  await one.ledger.append([one.note(), one.note()]);
  expect(one.shelf.puts).toBe(0);
  expect(await closes(one, 120_000)).toBeLessThanOrEqual(55_000);
  await one.clock.sleep(200_000);
  expect(one.shelf.puts).toBe(1);
  expect(one.kinds().filter((kind) => kind.startsWith('anchor.'))).toEqual(['anchor.made']);
  one.left.abort();
});

test('a place that is down holds nobody up, is told once in ten minutes, and shows in the window', async () => {
  let up = false;
  const one = rig(() => (up ? 'ok' : 'lost'));
  one.start();
  const before = one.clock.now();
  await one.ledger.append([one.intent()]);
  expect(one.clock.now()).toBe(before);
  await one.clock.sleep(9 * 60_000);
  expect(one.kinds().filter((kind) => kind === 'anchor.failed')).toHaveLength(1);
  expect(one.window()).toMatchObject({ size: 0, behind: 2, since: before });
  expect(one.ledger.state().anchors.by.get('room')?.failing?.fault).toBe('unreachable');
  await one.clock.sleep(4 * 60_000);
  expect(one.kinds().filter((kind) => kind === 'anchor.failed')).toHaveLength(2);
  up = true;
  await one.clock.sleep(2 * 60_000);
  expect(one.window()).toMatchObject({ behind: 0 });
  expect(one.ledger.state().anchors.by.get('room')?.failing).toBeNull();
  one.left.abort();
});

test.each([
  [
    'edited',
    'changed',
    (notes: Map<string, string>) => notes.forEach((_, key) => notes.set(key, 'nothing happened')),
  ],
  ['removed', 'gone', (notes: Map<string, string>) => notes.clear()],
] as const)(
  'a note that was %s is an alarm, and the window goes back to what still stands',
  async (_, found, spoil) => {
    const one = rig();
    one.start();
    await one.ledger.append([one.note()]);
    await one.clock.sleep(60_000);
    expect(one.window()).toMatchObject({ size: 2, behind: 0 });
    spoil(one.shelf.notes);
    // Found by the next look, five minutes later at most; the checkpoint is then taken there again.
    await one.clock.sleep(6 * 60_000);
    expect(one.ledger.state().anchors.alarms).toMatchObject([{ is: found, anchor: 'room', size: 2 }]);
    await one.clock.sleep(60_000);
    expect(one.window().behind).toBe(0);
    expect(one.kinds().filter((kind) => kind === 'anchor.lost')).toHaveLength(1);
    one.left.abort();
  },
);

test('what cannot be read back is no anchor, and what reads back otherwise is a failure', async () => {
  const one = rig();
  one.start({
    copy: { kind: 'syslog', put: () => Promise.resolve({ place: {}, proof: null }), back: { is: 'never' } },
    liar: {
      ...one.place,
      kind: 'put',
      back: { is: 'read', read: () => Promise.resolve('something else') },
    },
  });
  await one.ledger.append([one.note()]);
  await one.clock.sleep(90_000);
  expect(one.window()).toMatchObject({ size: 0, behind: 2 });
  const { by } = one.ledger.state().anchors;
  expect(by.get('copy')).toMatchObject({ standing: [], copied: { size: 2 } });
  expect(by.get('liar')).toMatchObject({ standing: [], failing: { fault: 'differs' } });
  one.left.abort();
});

test('whoever leaves waits for the last checkpoint, but not for ever', async () => {
  const one = rig();
  const keeper = one.start();
  await one.ledger.append([one.note()]);
  expect(await keeper.flush(4000)).toBe(true);
  expect(one.window().behind).toBe(0);
  one.shelf.answer = () => 'lost';
  await one.ledger.append([one.note()]);
  const from = one.clock.now();
  expect(await keeper.flush(4000)).toBe(false);
  expect(one.clock.now() - from).toBeLessThanOrEqual(4100);
  one.left.abort();
});

test('requests to a store are signed as the published examples are', () => {
  const key = {
    access: 'AKIAIOSFODNN7EXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
  };
  const signed = signAws(key, {
    method: 'GET',
    url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    headers: { range: 'bytes=0-9' },
    body: '',
    at: '20130524T000000Z',
  });
  expect(signed['authorization']).toContain(
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
  expect(signed['authorization']).toContain('SignedHeaders=host;range;x-amz-content-sha256;x-amz-date');
});

test('a log message has its length in bytes before it', () => {
  const frames = syslogFrames([
    { id: 'entry', text: '{"who":"é"}', at: instant(at('2026-03-01T09:00:00Z')) },
  ]);
  expect(frames).toBe('66 <109>1 2026-03-01T09:00:00.000Z - firebreak - entry - {"who":"é"}');
});
