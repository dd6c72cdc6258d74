import { describe, expect, test } from 'vitest';
import { canonicalEntry } from '../../src/base/canonical.ts';
import type { Json } from '../../src/base/canonical.ts';
import { isProblem } from '../../src/base/problem.ts';
import type { Fault } from '../../src/connectors/simulator.ts';
import type { Result } from '../../src/model/action.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { act, inWorld, lostAt, proof, seedState, undo, writesOf } from './acts.ts';
import { leaks } from './forms.ts';
import { keepSuite } from './keep.ts';
import { makeSuite } from './make.ts';
import { minuteSuite } from './minute.ts';
import { readsTest } from './reads.ts';
import { strangerSuite } from './stranger.ts';
import { actionsOf, members, undoable } from './trial.ts';
import type { Member } from './trial.ts';

/**
 * One suite for every connector: a new one is tried by bringing its folder and test/fixtures/connectors/<name>.ts. Three files
 * run a third each beside one another.
 */

const all = await members();
const DONE: readonly Result[] = ['done', 'accepted', 'already'];
const REFUSED: readonly Result[] = ['failed', 'forbidden', 'not-supported'];

const FAULTS: readonly Readonly<{ title: string; fault: Fault; hangs: boolean }>[] = [
  { title: 'one 503', fault: { is: 'status', status: 503 }, hangs: false },
  { title: 'a connection cut before anything happened', fault: { is: 'cut' }, hangs: false },
  { title: 'an answer cut off after it happened', fault: { is: 'cut-after' }, hangs: false },
  { title: 'an answer too late, after it happened', fault: { is: 'hang-after' }, hangs: true },
];

const titleOf = (one: ConnectorCase): string => `${one.action} ${JSON.stringify(one.input).slice(0, 60)}`;

export const suiteOf = (third: 0 | 1 | 2): void => {
  for (const member of all.filter((_one, i) => i % 3 === third)) {
    const cases = member.fixture?.cases ?? [];
    const http = member.connector.simulator !== null;

    describe(`connector ${member.name}`, () => {
      test('brings a case for every action', () => {
        const tried = new Set(cases.map((one) => one.action));
        const known = cases.flatMap((one) => Object.keys(actionsOf(member, one)));
        const missing = [...Object.keys(member.connector.actions), ...known].filter(
          (name) => !tried.has(name),
        );
        expect(missing).toEqual([]);
        // What only carries letters acts on nothing: `letters send` is its one way.
        if (member.connector.deliver === undefined) expect(cases.length).toBeGreaterThan(0);
      });

      test.skipIf(member.connector.simulator === null)(
        'its health, its listing and its posture tell no secret and throw nothing the world can cause',
        async () => {
          const [first] = cases;
          if (first === undefined) throw new Error('no case, so nothing to ask');
          await inWorld(member, first, async (world) => {
            const health = await member.connector.health(world.outside());
            const listing = await member.connector.list?.(world.outside());
            expect(health.detail).not.toBe('');
            expect(listing === undefined || listing.blindSpots.length > 0).toBe(true);
            // An inventory is written from the listing: what it says must be what an action takes.
            const inputs = Object.values(actionsOf(member, first)).map(({ input }) => input);
            for (const { params } of listing?.items ?? [])
              expect(params === undefined || inputs.some((input) => input.safeParse(params).success)).toBe(
                true,
              );
            const writes = world.writes.length;
            const posture = await member.connector.posture?.(world.outside());
            expect(world.writes.length).toBe(writes);
            expect(leaks([health, listing, posture, world.heard], Object.values(first.secrets))).toEqual([]);
            world.simulator?.fault({ is: 'cut' });
            expect((await member.connector.health(world.outside())).ok).toBe(false);
            // Whatever fails, each part says why: an audit must not end because one system stutters.
            for (const fault of [{ is: 'cut' }, { is: 'status', status: 403 }] as const) {
              for (let i = 0; i < 12; i += 1) world.simulator?.fault(fault);
              const parts = Object.values((await member.connector.posture?.(world.outside())) ?? {});
              for (const part of parts) expect(part.is === 'told' || part.why !== '').toBe(true);
            }
          });
        },
      );

      for (const one of cases) {
        describe(`${titleOf(one)}`, () => {
          const known = actionsOf(member, one)[one.action];
          if (known?.makes !== undefined) makeSuite(member, one);
          else if (known?.noApi === true) handSuite(member, one);
          else suite(member, one, http);
          if (http && known?.makes === undefined) strangerSuite(member, one);
        });
      }
    });
  }
};

/** What only a person can do: nothing but questions is sent, and the proof sees what the person did. */
function handSuite(member: Member, one: ConnectorCase): void {
  const secrets = [...Object.values(one.secrets), ...(one.suspects ?? [])];
  pageTest(member, one);
  readsTest(member, one);

  test('sends nothing that changes anything, and tells no secret', async () => {
    await inWorld(member, one, async (world) => {
      const preview = await world.action.preview(world.input, world.outside());
      const outcome = await act(world);
      expect(outcome.result).toBe('not-supported');
      expect(preview.now).not.toBe('already');
      expect(world.writes).toEqual([]);
      expect(leaks([preview, outcome, world.heard], secrets)).toEqual([]);
    });
  });

  test('is proved once a person did it, and not before', async () => {
    await inWorld(member, one, async (world) => {
      const { byPerson } = one;
      expect((await proof(world)).is).not.toBe('proved');
      if (byPerson === undefined) return;
      world.change(byPerson);
      expect(one.isOff(world.state())).toBe(true);
      const proved = await proof(world);
      expect(proved).toMatchObject({ is: 'proved' });
      expect(leaks([proved, world.heard], secrets)).toEqual([]);
      world.simulator?.fault({ is: 'cut' });
      expect((await proof(world)).is).toBe('unproved');
    });
  });
}

function pageTest(member: Member, one: ConnectorCase): void {
  test('has a page for doing it by hand, and knows the secrets it needs', () => {
    const action = actionsOf(member, one)[one.action];
    expect(action?.title).toMatch(/^[A-Z]/);
    expect(action?.byHand.where).not.toBe('');
    expect(action?.byHand.steps.length).toBeGreaterThan(0);
    expect(action?.byHand.record).not.toBe('');
    // A generic connector learns the names of its secrets from the recipe, so the case is asked and not the connector.
    expect(Object.keys(one.secrets)).toEqual(expect.arrayContaining([...(action?.secrets ?? [])]));
  });
}

function suite(member: Member, one: ConnectorCase, http: boolean): void {
  const secrets = [...Object.values(one.secrets), ...(one.suspects ?? [])];
  const count = member.fixture?.counts?.[one.action];
  pageTest(member, one);

  test('only reads, or makes something, or stops something that was on before', () => {
    const { effect, creates = false } = actionsOf(member, one)[one.action] ?? {};
    const kind = effect === 'reads' ? 'read' : creates ? 'create' : 'switch';
    expect(one.kind ?? 'switch').toBe(kind);
    if (kind === 'switch') expect(one.isOff(one.seed)).toBe(false);
  });

  test('its preview changes nothing, shows the calls and tells no secret', async () => {
    await inWorld(member, one, async (world) => {
      const before = JSON.stringify(world.state());
      const preview = await world.action.preview(world.input, world.outside());
      expect(JSON.stringify(world.state())).toBe(before);
      expect(preview.now).not.toBe('already');
      expect(preview.calls.length).toBeGreaterThan(0);
      expect(leaks([preview, world.heard], secrets)).toEqual([]);
    });
  });

  test('runs, is proved by the real state, and tells no secret', async () => {
    await inWorld(member, one, async (world) => {
      expect((await proof(world)).is).not.toBe('proved');
      expect(one.isOff(world.state())).toBe(false);
      const outcome = await act(world);
      expect(['done', 'accepted']).toContain(outcome.result);
      expect(one.isOff(world.state())).toBe(true);
      const proved = await proof(world, outcome);
      expect(proved).toMatchObject({ is: 'proved' });
      expect(leaks([outcome, proved, world.heard], secrets)).toEqual([]);
      // What goes into the journal must be canonical JSON.
      expect(() =>
        canonicalEntry(JSON.parse(JSON.stringify({ outcome: { ...undoable(outcome) } }))),
      ).not.toThrow();
      expect((await world.action.preview(world.input, world.outside())).now).not.toBe('active');
    });
  });

  test('run twice is run once', async () => {
    await inWorld(member, one, async (world) => {
      await proof(world, await act(world));
      const state = JSON.stringify(world.state());
      const again = await act(world);
      expect(['already', 'done']).toContain(again.result);
      expect(JSON.stringify(world.state())).toBe(state);
      expect(count?.(world.state()) ?? 1).toBe(1);
    });
  });

  readsTest(member, one);
  keepSuite(member, one);
  if (http) minuteSuite(member, one);
  if (one.restores !== null) undoSuite(member, one, one.restores, http);
  if (http) faultSuite(member, one, count);
}

function undoSuite(member: Member, one: ConnectorCase, restores: (state: Json) => Json, http: boolean): void {
  test('undo restores exactly what was there before, and only once', async () => {
    await inWorld(member, one, async (world) => {
      const before = restores(world.state());
      const outcome = await act(world);
      expect(restores(world.state())).not.toEqual(before);
      expect(await undo(world, outcome)).toMatchObject({ result: 'done' });
      expect(restores(world.state())).toEqual(before);
      expect((await undo(world, outcome)).result).toBe('already');
      expect(restores(world.state())).toEqual(before);
    });
  });

  test('undo leaves off what was off before', async () => {
    const off = await inWorld(member, one, async (world) => {
      await act(world, { key: 'an earlier intent' });
      return world.state();
    });
    await inWorld(
      member,
      one,
      async (world) => {
        const outcome = await act(world);
        expect(outcome.result).toBe('already');
        expect((await undo(world, outcome)).result).toBe('already');
        expect(JSON.stringify(world.state())).toBe(JSON.stringify(off));
      },
      off,
    );
  });

  test('undo touches nothing when somebody else changed it since, and says so', async () => {
    await inWorld(member, one, async (world) => {
      const outcome = await act(world);
      const after = JSON.stringify(world.state());
      const { meddle } = one;
      // A case that restores something says how somebody else could come in between.
      if (meddle === undefined) throw new Error('the case does not say what somebody else could change');
      world.change(meddle);
      const state = JSON.stringify(world.state());
      expect(state).not.toBe(after);
      const undone = await undo(world, outcome);
      expect(['failed', 'already']).toContain(undone.result);
      expect(undone.detail).toMatch(
        undone.result === 'failed' ? /^somebody else .+: left as it is$/ : /^(it is|none of)( \w+){4}/,
      );
      expect(JSON.stringify(world.state())).toBe(state);
    });
  });

  test.skipIf(!http)('an undo whose answer is lost is right after a repeat', async () => {
    for (const place of await writesOf(member, one, async (world) => await act(world))) {
      await inWorld(member, one, async (world) => {
        const before = restores(world.state());
        const outcome = await act(world);
        world.simulator?.fault({ is: 'cut-after', ...place });
        expect(['unknown', 'done']).toContain((await undo(world, outcome)).result);
        await undo(world, outcome);
        expect(restores(world.state())).toEqual(before);
      });
    }
  });
}

function faultSuite(member: Member, one: ConnectorCase, count: ((state: Json) => number) | undefined): void {
  const secrets = [...Object.values(one.secrets), ...(one.suspects ?? [])];

  test('waits when the system says 429 with a time', async () => {
    for (const place of await writesOf(member, one)) {
      await inWorld(member, one, async (world) => {
        world.simulator?.fault({ is: 'status', status: 429, retryAfter: 2, ...place });
        expect(['done', 'accepted']).toContain((await act(world)).result);
        expect(one.isOff(world.state())).toBe(true);
        expect(world.clock.slept()).toBeGreaterThanOrEqual(2000);
      });
    }
  });
  // One fault on one changing request: nothing may be claimed that is not so, and a repeat by class makes it right.
  test.each(FAULTS)('survives $title, and never calls failed what happened', async ({ fault, hangs }) => {
    for (const place of await writesOf(member, one)) {
      await inWorld(member, one, async (world) => {
        world.simulator?.fault({ ...fault, ...place });
        const first = hangs ? await lostAt(world, place) : await act(world);
        if (first === null) throw new Error('the request whose answer is to be lost was never sent');
        const off = one.isOff(world.state());
        expect(off ? REFUSED : ['done']).not.toContain(first.result);
        expect(leaks([first, world.heard], secrets)).toEqual([]);
        if (world.action.retry === 'D') return;
        const second = await act(world);
        expect(DONE).toContain(second.result);
        expect(one.isOff(world.state())).toBe(true);
        expect(await proof(world, second)).toMatchObject({ is: 'proved' });
        expect(count?.(world.state()) ?? 1).toBe(1);
        if (one.restores === null) return;
        // The state before must not be lost with the answer: the first receipt counts, else the second.
        const kept = first.receipt === undefined || first.receipt === null ? second : first;
        expect(['done', 'already']).toContain((await undo(world, kept)).result);
        expect(one.restores(world.state())).toEqual(await seedState(member, one, one.restores));
      });
    }
  });

  test('says forbidden to a 401 and changes nothing', async () => {
    await inWorld(member, one, async (world) => {
      const state = JSON.stringify(world.state());
      for (let i = 0; i < 40; i += 1) world.simulator?.fault({ is: 'status', status: 401 });
      const outcome = await act(world);
      // To a leaked credential a 401 can be the very proof that it is dead.
      expect(
        world.action.needsSuspect === true ? ['forbidden', 'already', 'failed'] : ['forbidden'],
      ).toContain(outcome.result);
      expect(JSON.stringify(world.state())).toBe(state);
    });
  });

  test('reaches no live system from behind the wall of a drill', async () => {
    await inWorld(member, one, async (world) => {
      const live = () => world.outside({ baseUrl: member.connector.baseUrl ?? 'https://system.example' });
      const walled = async (work: Promise<unknown>) => {
        const error: unknown = await work.then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(isProblem(error) ? error.code : error).toBe('wall');
      };
      await walled(world.action.preview(world.input, live()));
      await walled(world.action.run(world.input, live()));
      await walled(world.action.verify(world.input, live()));
      expect(world.heard).toEqual([]);
      expect(world.simulator?.seen()).toEqual([]);
    });
  });
}
