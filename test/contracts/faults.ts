import { describe, expect, test } from 'vitest';
import { bounded } from '../../src/base/bounded.ts';
import { canonicalJson } from '../../src/base/canonical.ts';
import type { Json } from '../../src/base/canonical.ts';
import type { Action, Outside } from '../../src/connectors/connector.ts';
import { attempt } from '../../src/engine/attempt.ts';
import type { Job } from '../../src/engine/job.ts';
import type { Recorder } from '../../src/engine/record.ts';
import type { World } from '../../src/engine/world.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { Outcome, Proof, Result } from '../../src/model/action.ts';
import { limits } from '../../src/model/limits.ts';
import { FAULTS, status } from '../faults/answers.ts';
import type { Answer } from '../faults/answers.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { fastClock } from '../rig/fast-clock.ts';
import type { FastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';
import { actionsOf, members } from './trial.ts';
import type { Member } from './trial.ts';
import { startVendor } from './vendor.ts';
import type { Trick, Vendor } from './vendor.ts';

/**
 * Every way in which a vendor can treat a request, laid on every action of every connector and driven by the engine's own attempt:
 * it ends in a known state with a sentence, what the journal is told is what the vendor's state shows, and a repeat by class makes
 * it right without doing it twice.
 */

type Fault = Readonly<{ answer: Answer; once?: true } | { at: string }>;
const all: Readonly<Record<string, Fault>> = {
  ...FAULTS,
  'a page, and nothing done': {
    answer: status(200, { 'content-type': 'text/html' }, '<!doctype html><title>Sign in</title>'),
  },
};
/** What a recipe takes for "it was dead already" is the vendor's word; the proof that follows is what counts then. */
const vendorsWord: Readonly<Record<string, string>> = { 'http revoke-api-token': '409' };
/** Where nobody is met no request is tampered with: an address is at fault, and each action has the same one. */
const elsewhere: Readonly<Record<string, string>> = {
  closed: 'http://127.0.0.1:1',
  closed6: 'http://[::1]:1',
};
/** Real milliseconds for one exchange: short only where the fault is that nothing comes. */
const HANG_MS = 250;
const HANGS: ReadonlySet<string> = new Set(['hang', 'hang after acting', 'one byte at a time']);
/** Most of a fault is waiting. */
const AT_ONCE = 10;

type Claim = Readonly<{ outcome: Outcome; proof: Proof | null; settled: Result | null; final: Result }>;
type Bench = Readonly<{
  vendor: Vendor;
  clock: FastClock;
  action: Action;
  one: ConnectorCase;
  kept: { receipt: Json; after: Json }[];
  attempt: (how?: How) => Promise<Claim>;
  outside: (how?: How, keep?: Outside['keep']) => Outside;
}>;

/** Makes an action wrong, for the control. */
export type Twist = (action: Action) => Action;
type How = Readonly<{ url?: string; exchangeMs?: number }>;

const worldOf = (clock: FastClock): World => ({
  drill: true,
  clock,
  random: systemRandom(),
  processes: walledProcesses(new Set()),
  secrets: drillSecrets(() => 'none'),
  wall: 'loopback-only',
  baseUrl: () => null,
});

/** What an attempt says to the journal, kept in memory. */
const recorderOf = (clock: FastClock, kept: Bench['kept']) => {
  const said: { outcome: Outcome | null; proof: Proof | null; settled: Result | null } = {
    outcome: null,
    proof: null,
    settled: null,
  };
  const record: Recorder = {
    intent: async () => await Promise.resolve({ intent: 1, begun: clock.stamp() }),
    keep: async (_intent, receipt, after) => {
      kept.push(JSON.parse(JSON.stringify({ receipt, after })) as { receipt: Json; after: Json });
      await Promise.resolve();
    },
    outcome: async (_intent, _job, outcome) => {
      said.outcome = outcome;
      await Promise.resolve();
    },
    proof: async (_of, proof, _now, settled) => {
      said.proof = proof;
      said.settled = settled.at(-1)?.pub.result ?? null;
      await Promise.resolve();
    },
    older: async () => await Promise.resolve(),
  };
  return { said, record };
};

const open = async (
  member: Member,
  one: ConnectorCase,
  twist: Twist = (action) => action,
): Promise<Bench> => {
  const clock = fastClock();
  const vendor = await startVendor(member, one, clock);
  const found = actionsOf(member, one)[one.action];
  if (found === undefined) throw new Error(`${member.name} has no action ${one.action}`);
  const action = twist(found);
  const kept: Bench['kept'] = [];
  const config = member.connector.config.parse(one.config ?? {});
  const outside: Bench['outside'] = ({ url = vendor.url, exchangeMs } = {}, keep) =>
    rigOutside({
      baseUrl: url,
      config,
      secrets: one.secrets,
      suspects: one.suspects ?? [],
      recipe: one.recipe ?? null,
      ...(one.fresh === undefined ? {} : { fresh: one.fresh }),
      clock,
      ...(exchangeMs === undefined ? {} : { exchangeMs }),
      ...(keep === undefined ? {} : { keep }),
    }).outside;
  const bench = { vendor, clock, action, one, kept, outside };
  return { ...bench, attempt: async (how) => await attempted(bench, how) };
};

const attempted = async (
  { clock, action, one, kept, outside }: Omit<Bench, 'attempt'>,
  how?: How,
): Promise<Claim> => {
  const { said, record } = recorderOf(clock, kept);
  const job: Job = {
    step: null,
    target: { item: 'thing', instance: 'vendor', connector: null, action: one.action },
    action,
    actionId: one.action,
    input: action.input.parse(one.input),
    planSha256: '',
    key: 'intent-01',
    older: [],
    attempt: 1,
    confidence: 'confirmed',
    suspects: [],
    undo: null,
    open: (_key, keep) => ({ outside: outside(how, keep), exchanges: () => [] }),
  };
  await attempt(worldOf(clock), record, job, () => undefined);
  const { outcome, proof, settled } = said;
  if (outcome === null) throw new Error('an attempt without an outcome');
  return { outcome, proof, settled, final: settled ?? outcome.result };
};

const WORKED: readonly Result[] = ['done', 'already'];
const NOT_DONE: readonly Result[] = ['failed', 'forbidden', 'not-supported'];
const TOLD: readonly string[] = [...WORKED, ...NOT_DONE, 'accepted', 'unknown'];

/** A sentence: what was asked and what was answered, and nothing that a program says to itself. */
const isSentence = (text: string): boolean =>
  text.length > 12 && text.includes(' ') && !/undefined|\[object|NaN|^the connector failed|\n/.test(text);

/** What is wrong with what was said while the vendor misbehaved. */
const lies = ({ vendor, one }: Bench, { outcome, proof, final }: Claim): readonly string[] => {
  const off = one.isOff(vendor.state());
  return [
    ...(TOLD.includes(outcome.result) ? [] : ['no known state']),
    ...(isSentence(outcome.detail) ? [] : ['no sentence']),
    ...(proof === null || isSentence(proof.how) ? [] : [`no sentence of proof: ${proof.how}`]),
    ...(off && NOT_DONE.includes(final) ? ['it happened, and is called not done'] : []),
    ...(!off && WORKED.includes(final) ? ['it did not happen, and is called done'] : []),
    ...(proof?.is === 'proved' && !off ? ['proved, and not so'] : []),
    ...(proof?.is === 'refuted' && off ? ['refuted, and so'] : []),
  ];
};

/** As the engine goes on by class: A and B are sent again, C is asked about first, D is left to a person. */
const mended = async (bench: Bench, first: Claim): Promise<readonly string[]> => {
  const { action, vendor, one, clock } = bench;
  if (action.retry === 'D') return [];
  await clock.sleep(limits.inFlightMs);
  const asked = action.retry === 'C' && first.final === 'unknown';
  const proof = asked ? await action.verify(action.input.parse(one.input), bench.outside()) : null;
  const again = proof?.is === 'proved' ? null : await bench.attempt();
  const off = one.isOff(vendor.state());
  return [
    ...(off ? [] : ['the vendor is well again, and it is not through']),
    ...(again === null || [...WORKED, 'accepted'].includes(again.final)
      ? []
      : [`then ${again.outcome.detail}`]),
    ...(again === null || again.proof?.is === 'proved' ? [] : ['then unproved']),
  ];
};

const restored = async (
  { action, one, vendor, kept, outside }: Bench,
  before: Json,
): Promise<readonly string[]> => {
  const [first] = kept;
  if (one.restores === null || first === undefined) return [];
  const undone = await action.undo?.(action.input.parse(one.input), first, outside());
  return canonicalJson(one.restores(vendor.state())) === canonicalJson(before)
    ? []
    : [`what was kept first does not restore it: ${undone?.detail ?? ''}`];
};

/** The first request of a run that changes something: faults are laid from there on, as the questions before are another test. */
export const firstWrite = async (
  member: Member,
  one: ConnectorCase,
): Promise<{ place: string; count: number } | null> => {
  const bench = await open(member, one);
  try {
    await bench.attempt();
    const [write] = bench.vendor.writes();
    return write === undefined ? null : { place: placeOf(write), count: bench.vendor.writes().length };
  } finally {
    await bench.vendor.close();
  }
};
const placeOf = ({ method, path }: { method: string; path: string }): string =>
  `${method} ${path.replaceAll(/\d{6,}/g, '#')}`;

const trickOf = (fault: Readonly<{ answer: Answer; once?: true }>, from: string | null): Trick => {
  let [begun, met] = [from === null, 0];
  return (ask, request, response, apply) => {
    begun ||= placeOf(ask) === from;
    if (!begun) return false;
    met += 1;
    if (fault.once === true && met > 1) return false;
    fault.answer(response, request, apply);
    return true;
  };
};

const howOf = (name: string, fault: Fault): How => ({
  ...('at' in fault ? { url: elsewhere[fault.at] ?? '' } : {}),
  ...(HANGS.has(name) ? { exchangeMs: HANG_MS } : {}),
});

type Laid = Readonly<{ fault: Fault; how: How; from: string | null; twist?: Twist }>;

export const tried = async (
  member: Member,
  one: ConnectorCase,
  { fault, how, from, twist }: Laid,
): Promise<readonly string[]> => {
  const bench = await open(member, one, twist);
  const { vendor } = bench;
  const before = one.restores?.(vendor.state()) ?? null;
  try {
    if ('answer' in fault) vendor.trick(trickOf(fault, from));
    const first = await bench.attempt(how);
    const found = lies(bench, first);
    const unsent = 'at' in fault && (vendor.came().length > 0 || first.final === 'unknown');
    vendor.trick(null);
    // What a vendor took its time for has come by then.
    await nextTurn();
    const after = [...(await mended(bench, first)), ...(await restored(bench, before))];
    const count = member.fixture?.counts?.[one.action]?.(vendor.state()) ?? 1;
    return [
      ...found,
      ...(unsent ? ['in doubt, though nothing was sent'] : []),
      ...after,
      ...(count > 1 ? [`done ${count} times`] : []),
    ].map((says) => `${says}: ${JSON.stringify(first)}`);
  } finally {
    await vendor.close();
  }
};

/**
 * Each fault meets each connector; where a connector has several actions, each of them meets every second one, turn by turn. All
 * meet all where FIREBREAK_EVERY_FAULT is set.
 */
const faultsFor = (member: Member, one: ConnectorCase, place: number, count: number) => {
  const every = count === 1 || process.env['FIREBREAK_EVERY_FAULT'] !== undefined;
  return Object.entries(all).filter(
    ([name, fault], i) =>
      (every || (i + place) % 2 === 0) &&
      vendorsWord[`${member.name} ${one.action}`] !== name &&
      (!('at' in fault) || elsewhere[fault.at] !== undefined),
  );
};

export const everyone = await members();

export const faultsOf = (half: 0 | 1): void => {
  const withServers = everyone.filter(({ connector }) => connector.simulator !== null);
  for (const member of withServers.filter((_one, i) => i % 2 === half)) {
    const cases = (member.fixture?.cases ?? []).filter((one) => {
      const action = actionsOf(member, one)[one.action];
      // What makes a credential has a suite of its own (`make.ts`): a repeat of it ends what was made before.
      return action?.noApi !== true && action?.makes === undefined;
    });
    describe(`connector ${member.name}`, () => {
      test.each(
        cases.map((one) => [`${one.action} ${JSON.stringify(one.input).slice(0, 60)}`, one] as const),
      )('%s', async (_title, one) => {
        const write = await firstWrite(member, one);
        const broken: string[] = [];
        const faults = faultsFor(member, one, cases.indexOf(one), cases.length);
        await bounded(faults, AT_ONCE, async ([name, fault]) => {
          const laid = { fault, how: howOf(name, fault), from: write?.place ?? null };
          broken.push(...(await tried(member, one, laid)).map((says) => `${name}: ${says}`));
        });
        expect(broken.toSorted()).toEqual([]);
      });
    });
  }
};
