import { toHex } from '../../base/hash.ts';
import type { Target } from '../../model/plan.ts';
import { attempt } from '../attempt.ts';
import type { Job } from '../job.ts';
import type { Confirmation } from '../lines.ts';
import { prepare, reachTarget } from '../prepare.ts';
import { asEntries } from '../record.ts';
import type { Reach } from '../reach.ts';
import { beginning, finishIfProved, run } from '../run.ts';
import { oldOnes, own } from './stage.ts';
import type { Course, Halt } from './stage.ts';

/** The last thing that is done to the old credential: it ends, and is proved dead. To the journal it is what killing it is. */

/** What a vendor has ended by itself when the new one was made: only the proof is left. */
const endedAlready = async (
  course: Course,
  found: Extract<Reach, { is: 'reachable' }>,
  confirmation: Confirmation,
): Promise<Halt> => {
  const { engine, plan } = course;
  const { ledger, world, signal } = engine;
  const { makes } = found.action;
  if (makes?.endsOld !== true) return { is: 'failed', why: 'it is not known to have ended' };
  const suspects = oldOnes(course);
  const action = own(
    { title: 'Prove the old one dead', effect: 'irreversible' },
    {
      run: async () =>
        await Promise.resolve({ result: 'already', detail: 'the vendor ended it when the new one was made' }),
      verify: async (outside) => await makes.old(found.input, outside),
    },
  );
  const { make, kill } = plan.request;
  await ledger.append(beginning(ledger.state(), plan.kill, confirmation, world.clock.now()));
  const job: Job = {
    step: plan.step,
    target: make,
    action,
    actionId: make.action ?? '',
    input: found.input,
    planSha256: kill.planSha256,
    key: toHex(world.random.bytes(16)),
    older: [],
    attempt: 1,
    confidence: found.action.confidence,
    suspects,
    undo: null,
    open: (key, keep) => found.outside({ key, suspects, signal, keep }),
  };
  const { proof } = await attempt(world, asEntries(ledger, job), job, course.heard);
  const finished = finishIfProved(ledger.state(), plan.step);
  if (finished.length > 0) await ledger.append(finished);
  return proof?.is === 'proved' ? null : { is: 'unproved', why: proof?.how ?? 'it was not asked' };
};

/** What a maker names for it, where killing the old one as one would alone ends the new one too. */
const targetOf = (old: Target, found: Reach): Target => {
  const ends =
    found.is === 'reachable' && found.action.makes?.endsOld === false ? found.action.makes.ends : undefined;
  const [speaks = ''] = (old.action ?? '').split('.');
  return ends === undefined ? old : { ...old, action: `${speaks}.${ends}` };
};

export const endOld = async (course: Course, confirmation: Confirmation): Promise<Halt> => {
  const { engine, plan } = course;
  const { make, kill } = plan.request;
  const found = await reachTarget(engine.world, engine.definitions, make, kill, oldOnes(course));
  if (found.is === 'reachable' && found.action.makes?.endsOld === true && plan.make.byHand === null)
    return await endedAlready(course, found, confirmation);
  const request = { ...kill, targets: kill.targets.map((target) => targetOf(target, found)) };
  const suspects = oldOnes(course);
  const prepared = await prepare(engine.world, engine.definitions, request, () => suspects);
  const report = await run(engine, { ...prepared, request }, confirmation, course.heard);
  switch (report.state) {
    case 'proved':
      return null;
    case 'by-hand': {
      const [line] = report.lines;
      return { is: 'by-hand', why: line?.is === 'by-hand' ? line.why : 'only a person can end the old one' };
    }
    case 'failed':
    case 'unsure':
      return { is: report.state, why: sentenceOf(report.lines) };
    case 'unproved':
    case 'stopped':
    case 'restored':
    case 'unrestored':
      return { is: 'unproved', why: sentenceOf(report.lines) };
  }
};

const sentenceOf = (lines: Awaited<ReturnType<typeof run>>['lines']): string => {
  const last = lines.at(-1);
  if (last?.is === 'proof') return `the old one: ${last.proof.how}`;
  return last?.is === 'outcome' ? `the old one: ${last.outcome.detail}` : 'the old one was not ended';
};
