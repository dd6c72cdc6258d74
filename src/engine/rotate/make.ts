import { passedAtLeast } from '../../base/beat.ts';
import type { Makes, Outside } from '../../connectors/connector.ts';
import { inDoubt } from '../../incident/state.ts';
import type { Exchange } from '../../io/http.ts';
import { Secret } from '../../io/secrets.ts';
import { limits } from '../../model/limits.ts';
import type { Reached } from '../door.ts';
import { reachTarget } from '../prepare.ts';
import type { Reach } from '../reach.ts';
import { proofOf } from '../settle.ts';
import { accepted, asker } from './accepted.ts';
import { actsOf, attempted, freshOf, oldOnes, own, rotationOf, until } from './stage.ts';
import type { Course, Halt } from './stage.ts';

/** The first stage: a new credential, by the tool or by a person, durable before anything else is done with it. */

/** Sealed at once, under a class of its own. */
const kept =
  (course: Course): Outside['made'] =>
  async (id, secret) => {
    const value = secret.use();
    await course.engine.ledger.append([
      {
        kind: 'credential.made',
        pub: {
          rotation: course.rotation,
          credential: course.plan.item,
          id,
          fingerprint: course.fingerprint(value),
        },
        priv: { secret: { class: 'secrets-made', value } },
      },
    ]);
  };

const NOT_KEPT = '[not kept: it may hold the new credential]';

/** The vendor’s answer is the new credential, and sometimes the request as well: only that the exchange took place is kept. */
const bare =
  (makes: Makes | undefined) =>
  (exchange: Exchange): Exchange => ({
    ...exchange,
    answer: exchange.answer === '' ? '' : NOT_KEPT,
    ...(makes?.endsOld === false && makes.sends === true && exchange.request !== ''
      ? { request: NOT_KEPT }
      : {}),
  });

/** A request of a try before, whose answer was lost, may still be under way; it would leave a second one that nobody knows of. */
const settled = async (course: Course): Promise<void> => {
  const { clock } = course.engine.world;
  const doubtful = actsOf(course, 'make').filter(inDoubt);
  const passed = doubtful.map(({ begun }) => passedAtLeast(begun, clock.stamp()));
  const left = limits.inFlightMs - Math.min(limits.inFlightMs, ...passed);
  if (left > 0) await clock.sleep(left, course.engine.signal);
};

const byTool = async (course: Course, found: Extract<Reach, { is: 'reachable' }>): Promise<Halt> => {
  const { make } = course.plan.request;
  await settled(course);
  const suspects = oldOnes(course);
  const open = (key: string, keep: Outside['keep']): Reached => {
    const { signal } = course.engine;
    const reached = found.outside({ key, suspects, signal, keep, made: kept(course) });
    return {
      // Asked for when it is proved: by then it is made.
      outside: withFresh(reached.outside, course),
      exchanges: () => reached.exchanges().map(bare(found.action.makes)),
    };
  };
  const { outcome } = await attempted(course, {
    stage: 'make',
    action: found.action,
    actionId: make.action ?? '',
    instance: make.instance,
    input: found.input,
    open,
  });
  if (rotationOf(course)?.made !== null) return await proved(course);
  const is = outcome.result === 'unknown' ? 'unsure' : 'failed';
  return { is, why: outcome.detail };
};

const withFresh = (outside: Outside, course: Course): Outside => ({
  ...outside,
  get fresh() {
    const value = freshOf(course);
    return value === null ? null : new Secret(value);
  },
});

/** What a person made and pasted is taken in as if it had been made here: the same entries, the same class. */
const byPerson = async (course: Course, fresh: string): Promise<Halt> => {
  const { world } = course.engine;
  world.secrets.remember(fresh);
  const action = own(
    { title: 'Make a new one by hand', effect: 'reversible' },
    {
      run: async (outside) => {
        await kept(course)('', new Secret(fresh));
        await outside.keep(null, null);
        return { result: 'done', detail: 'a person made it and gave it' };
      },
      verify: async () => await accepted(course),
    },
  );
  await attempted(course, { stage: 'make', action, actionId: 'by-hand.make' });
  return await proved(course);
};

/** The vendor may need a moment to know it. What nobody can ask about is left to the service, once it is in place. */
const proved = async (course: Course): Promise<Halt> => {
  const act = actsOf(course, 'make').at(-1);
  if (act === undefined) return { is: 'unsure', why: 'nothing was begun' };
  const { ledger, world } = course.engine;
  if (act.proof === 'proved' && !inDoubt(act)) return null;
  if ((await asker(course)) === null && course.plan.make.byHand !== null && !inDoubt(act)) return null;
  const proof = await until(course, limits.pollDeadlineMs, async () => await accepted(course));
  const { intent, step, target } = act;
  await ledger.append([
    ...(inDoubt(act)
      ? ([
          {
            kind: 'act.outcome',
            pub: { intent, step, target, result: 'done', http: proof.http ?? null, by: 'tool' },
            priv: {
              detail: { class: 'exchange', value: 'it was made and taken in before the tool could write so' },
            },
          },
        ] as const)
      : []),
    proofOf(act, proof, world.clock.now()),
  ]);
  course.heard({ is: 'proof', target, proof });
  if (proof.is === 'proved') return null;
  return {
    is: proof.is === 'refuted' ? 'failed' : 'unproved',
    why: `the new one is not accepted: ${proof.how}`,
  };
};

export const makeStage = async (course: Course): Promise<Halt> => {
  const { engine, plan, given } = course;
  if (given.fresh !== undefined) return await byPerson(course, given.fresh);
  if (rotationOf(course)?.made !== null) return await proved(course);
  if (plan.make.byHand !== null) return { is: 'by-hand', why: plan.make.byHand.why };
  const found = await reachTarget(
    engine.world,
    engine.definitions,
    plan.request.make,
    plan.request.kill,
    oldOnes(course),
  );
  return found.is === 'by-hand' ? { is: 'by-hand', why: found.why } : await byTool(course, found);
};
