import { expect, test } from 'vitest';
import { NetworkError } from '../../src/io/http.ts';
import type { Http } from '../../src/io/http.ts';
import { limits } from '../../src/model/limits.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { patientClock } from '../rig/patient-clock.ts';
import type { PatientClock } from '../rig/patient-clock.ts';
import { act, inWorld } from './acts.ts';
import { isRead, isSigningIn } from './asks.ts';
import { actionsOf } from './trial.ts';
import type { Member } from './trial.ts';

/**
 * A vendor whose questions are answered badly or not at all, and that still does what it is told: the state before is tried for a
 * minute and not longer; then a kill goes ahead and says what it lacks, and only what could not be put back is refused.
 */

type Bad = (clock: PatientClock, signal: AbortSignal) => Promise<Response>;

const wait = async (clock: PatientClock, ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await clock.sleep(ms, signal);
  } catch {
    throw new NetworkError('timeout', true, 'no answer in time');
  }
};

const answer = async (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
  await Promise.resolve(new Response(body, { status, headers }));

const bad: Readonly<Record<string, Bad>> = {
  'never answers': async (clock, signal) => {
    await wait(clock, limits.exchangeMs, signal);
    throw new NetworkError('timeout', true, 'no answer in time');
  },
  'sends a byte a second': async (clock, signal) => {
    for (let ms = 0; ms < limits.exchangeMs; ms += 1000) await wait(clock, 1000, signal);
    throw new NetworkError('timeout', true, 'no answer in time');
  },
  'answers 500': async () => await answer(500, '{}'),
  'answers 503, later please': async () => await answer(503, '{}', { 'retry-after': '19' }),
  'answers with a page': async () =>
    await answer(200, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' }),
};

/** Where a refusal is right although nothing could be put back, and why. */
const needsTheAnswer: Readonly<Record<string, string>> = {
  'microsoft revoke-consents': 'what is ended is named by the list alone',
  'microsoft revoke-permissions': 'what is ended is named by the list alone',
  'salesforce end-sessions': 'what is ended is named by the list alone',
  'twilio promote-auth-token': 'a secondary token that somebody else made must not be promoted',
  'twilio replace-auth-token': 'done twice it would end the token that was just handed out',
};

/** Any question is answered badly, signing in excepted; what is not a question goes through, and is timed. */
const listless =
  (connector: string, how: Bad, clock: PatientClock, written: (ms: number) => void) =>
  (fetch: Http['fetch']): Http['fetch'] =>
  async (input, init) => {
    const { pathname: path } = new URL(input instanceof Request ? input.url : input);
    const ask = { method: (init?.method ?? 'GET').toUpperCase(), path };
    if (isRead(connector, ask) && !isSigningIn(connector, ask)) {
      if (init?.signal?.aborted === true)
        throw new NetworkError('timeout', false, 'there was no time left to ask');
      return await how(clock, init?.signal ?? new AbortController().signal);
    }
    if (!isSigningIn(connector, ask)) written(clock.elapsed());
    return await fetch(input, init);
  };

export function minuteSuite(member: Member, one: ConnectorCase): void {
  const action = actionsOf(member, one)[one.action];
  if (action === undefined || action.creates === true || one.kind === 'read') return;
  const final = action.undo === undefined;

  test(`${final ? 'goes ahead' : 'is refused'} within a minute, and says so, where the state before cannot be had`, async () => {
    const healthy = await inWorld(member, one, async (world) => (await act(world), world.kept.length > 0));
    for (const [title, how] of Object.entries(bad)) {
      await inWorld(member, one, async (world) => {
        const clock = patientClock();
        let begun: number | null = null;
        const through = listless(member.name, how, clock, (ms) => (begun ??= ms));
        const before = JSON.stringify(world.state());
        const outcome = await act(world, { clock, within: (ms) => clock.within(ms), through });
        const said = `a vendor that ${title}: ${JSON.stringify(outcome)}`;
        expect(begun ?? clock.elapsed(), said).toBeLessThanOrEqual(limits.preserveMs);
        const excused = needsTheAnswer[`${member.name} ${one.action}`] !== undefined;
        if (final && !excused) {
          expect(one.isOff(world.state()), said).toBe(true);
          expect(['done', 'accepted', 'unknown'], said).toContain(outcome.result);
          if (healthy) expect(outcome.detail, said).toMatch(/; evidence: not captured, because \S.+/);
          expect(outcome.detail, said).not.toMatch(/nothing was (?:changed|sent)/);
          return;
        }
        expect(JSON.stringify(world.state()), said).toBe(before);
        expect(begun, said).toBeNull();
        expect(['failed', 'forbidden'], said).toContain(outcome.result);
        expect(outcome.detail, said).toMatch(/; nothing was changed, because |nothing is promoted$/);
      });
    }
  });
}
