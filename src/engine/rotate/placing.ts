import { MINUTE } from '../../base/duration.ts';
import { stageActs } from '../../incident/rotation.ts';
import { Secret } from '../../io/secrets.ts';
import type { Outcome, Proof } from '../../model/action.ts';
import { limits } from '../../model/limits.ts';
import { accepted, asker } from './accepted.ts';
import { placeRowOf, shutPlaces } from './plan.ts';
import { attempted, freshOf, own, rotationOf, until } from './stage.ts';
import type { Course, Halt } from './stage.ts';

/** The stages at the service: the new credential is put in its place, proved there, and the service is asked again at the end. */

const results = { put: 'done', refused: 'failed', unknown: 'unknown' } as const;

/** Whether the service works; unproved where nothing says how to ask it. */
export const answers = async (course: Course): Promise<Proof> => {
  const { engine, plan } = course;
  const { place } = plan.request;
  const check = placeRowOf(engine.definitions, place)?.check;
  const { places } = engine.world;
  if (place === null || check === undefined)
    return { is: 'unproved', how: 'nothing says how to ask the service whether it works' };
  const shut = await shutPlaces(engine.world, engine.definitions);
  if (shut !== null || places === undefined) return { is: 'unproved', how: `the service: ${shut ?? ''}` };
  const id = rotationOf(course)?.made?.id ?? '';
  const { is, how, http } = await places.check(place, check, id, engine.signal);
  const proof = { answers: 'proved', silent: 'refuted', unknown: 'unproved' } as const;
  return { is: proof[is], how: `the service: ${how}`, ...(http === undefined ? {} : { http }) };
};

export const put = async (course: Course, secret: string): Promise<Outcome> => {
  const { engine, plan } = course;
  const { place } = plan.request;
  const row = placeRowOf(engine.definitions, place);
  const { places } = engine.world;
  if (place === null || row === null || places === undefined)
    return { result: 'failed', detail: 'there is no place to put it' };
  const { is, how } = await places.put(place, row, new Secret(secret), engine.signal);
  return { result: results[is], detail: how };
};

/** Puts the new credential where the service reads it. */
const byTool = async (course: Course, fresh: string): Promise<Halt> => {
  const action = own(
    { title: 'Put the new one in its place', effect: 'reversible' },
    { run: async () => await put(course, fresh), verify: async () => await answers(course) },
  );
  const actionId = `place.${course.plan.request.place ?? ''}`;
  const { outcome } = await attempted(course, { stage: 'place', action, actionId });
  if (outcome.result === 'done') return null;
  return { is: outcome.result === 'unknown' ? 'unsure' : 'failed', why: outcome.detail };
};

const byPerson = async (course: Course): Promise<Halt> => {
  if (course.given.placed !== true)
    return { is: 'by-hand', why: 'a person puts the new one where the service reads it, and says so' };
  const action = own(
    { title: 'Put the new one in its place by hand', effect: 'reversible' },
    {
      run: async () =>
        await Promise.resolve({ result: 'done', detail: 'a person says that it is in its place' }),
      verify: async () => await answers(course),
    },
  );
  await attempted(course, { stage: 'place', action, actionId: 'by-hand.place' });
  return null;
};

export const placeStage = async (course: Course): Promise<Halt> => {
  const { engine, plan } = course;
  if (plan.request.place === null) return await byPerson(course);
  const shut = await shutPlaces(engine.world, engine.definitions);
  // What the tool may not do there a person can.
  if (shut !== null)
    return course.given.placed === true ? await byPerson(course) : { is: 'by-hand', why: shut };
  const fresh = freshOf(course);
  if (fresh === null) return { is: 'by-hand', why: 'the new one is sealed, and its key is not at hand' };
  return await byTool(course, fresh);
};

/** As long as the service is said to take, and at least as long as a vendor may. */
const patience = (course: Course): number =>
  Math.max(limits.pollDeadlineMs, (course.plan.place?.minutes ?? 0) * MINUTE);

/** Both must say yes; what nobody can be asked about rests on the other one alone. */
const both = async (course: Course): Promise<Proof> => {
  const service = await answers(course);
  const checked = placeRowOf(course.engine.definitions, course.plan.request.place)?.check !== undefined;
  if (checked && service.is !== 'proved') return service;
  if ((await asker(course)) === null) return service;
  const vendor = await accepted(course);
  if (!checked) return { ...vendor, how: `the vendor: ${vendor.how}; ${service.how}` };
  return { ...vendor, how: `the vendor: ${vendor.how}; ${service.how}` };
};

const asked = async (course: Course, stage: 'prove' | 'after', ask: () => Promise<Proof>): Promise<Halt> => {
  const action = own(
    { title: stage === 'prove' ? 'Prove the new one' : 'Ask the service again', effect: 'reads' },
    {
      run: async () =>
        await Promise.resolve({ result: 'done', detail: 'asked until it answers, or the time is over' }),
      verify: async () => await until(course, patience(course), ask),
    },
  );
  const { proof } = await attempted(course, { stage, action, actionId: `rotate.${stage}` });
  if (proof?.is === 'proved') return null;
  return { is: 'unproved', why: proof?.how ?? 'it was not asked' };
};

export const proveStage = async (course: Course): Promise<Halt> =>
  await asked(course, 'prove', async () => await both(course));

/** The old one is dead: only now an answer of the service can rest on nothing else. */
export const afterStage = async (course: Course): Promise<Halt> => {
  const checked = placeRowOf(course.engine.definitions, course.plan.request.place)?.check !== undefined;
  return checked ? await asked(course, 'after', async () => await answers(course)) : null;
};

/** Elapsed since the new one was proved at its place: too old a proof is asked for again before the old one ends. */
export const provedAt = (course: Course): number | null =>
  stageActs(course.engine.ledger.state(), course.rotation, 'prove').at(-1)?.provedAt ?? null;
