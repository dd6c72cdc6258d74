import { approvalUsed } from '../../incident/about-approval.ts';
import { containedNow } from '../../incident/release.ts';
import type { Ordered } from '../../incident/release-order.ts';
import { endOpenBatches } from '../batch/end.ts';
import { attempt } from '../attempt.ts';
import { attemptsBefore, jobFor } from '../jobs.ts';
import type { Engine, RunLine, RunReport, TargetLine } from '../lines.ts';
import type { Prepared } from '../prepare.ts';
import { asEntries } from '../record.ts';
import { foundOnByHand, isOnAgain, settleDoubts } from './asked.ts';
import { preparedOf, requestOf } from './item.ts';

/**
 * Lets go of what is held, thing by thing and in the order that was shown. Each is restored from its receipt and then asked about;
 * what is not on, or not proved to be, holds back what depends on it and nothing else. Killed in the middle, the same release goes
 * on with what is left: an undo of which nobody knows the end is asked about first.
 */
export const runRelease = async (
  engine: Engine,
  prepared: Prepared,
  heard: (line: RunLine) => void,
): Promise<RunReport> => {
  const { ledger, signal, stop } = engine;
  await endOpenBatches(ledger);
  const { approval, release = [] } = prepared.request;
  if (approval !== null) await ledger.append([approvalUsed(approval)]);
  const lines: TargetLine[] = [];
  const off = new Set<string>();
  for (const [place, one] of release.entries()) {
    if (signal.aborted || stop?.aborted === true) break;
    const waits = one.after.filter((item) => off.has(item));
    const line =
      waits.length > 0 && one.way === 'undo'
        ? heldBack(one, waits)
        : await letGo({ engine, prepared, heard }, one, place);
    if (holdsBack(line, one)) off.add(one.item);
    heard(line);
    lines.push(line);
  }
  return { lines, state: stateOf(lines, release, stop?.aborted === true) };
};

type Running = Readonly<{ engine: Engine; prepared: Prepared; heard: (line: RunLine) => void }>;

const letGo = async (running: Running, one: Ordered, place: number): Promise<TargetLine> => {
  const { engine, prepared } = running;
  switch (one.way) {
    case 'stays-off':
      return ended(one, 'already', 'it was off before us and stays off; nothing was sent');
    case 'for-good':
    case 'by-hand': {
      const how = one.way === 'by-hand' ? await foundOnByHand(engine, prepared.request, one) : null;
      if (how !== null) return ended(one, 'done', `switched on by hand, and the system confirms it: ${how}`);
      const shown = prepared.targets[place]?.byHand ?? null;
      return shown === null ? ended(one, 'failed', NO_PAGE) : { is: 'by-hand', target: one.item, ...shown };
    }
    case 'undo':
      return await undo(running, one, place);
  }
};

const NO_PAGE = 'only a person can do it; nothing was sent';
const IN_DOUBT = 'an earlier attempt may have happened and the system could not tell: it was not touched';

const undo = async (
  { engine, prepared, heard }: Running,
  one: Ordered,
  place: number,
): Promise<TargetLine> => {
  const { world, ledger } = engine;
  const request = requestOf(ledger.state(), prepared.request, one);
  const doubt = await settleDoubts(engine, request, one);
  if (doubt === 'open') return ended(one, 'unknown', IN_DOUBT);
  const stands = containedNow(ledger.state()).some(({ intent }) => intent === one.intent);
  // Asked about just now: the undo that was cut off had happened.
  if (!stands)
    return ended(one, 'done', 'switched on before the tool was cut off, and the system confirms it');
  const own = preparedOf(prepared, request, place);
  const [target] = request.targets;
  if (target === undefined) return ended(one, 'failed', NO_PAGE);
  const found = await jobFor(engine, own, target, attemptsBefore(ledger, request));
  if (found.is === 'doubt') return ended(one, 'unknown', IN_DOUBT);
  if (found.is === 'line') return found.line;
  const { intent, outcome } = await attempt(world, asEntries(ledger, found.job), found.job, (line) => {
    if (line.is === 'intent') heard(line);
  });
  if (!['done', 'already', 'accepted'].includes(outcome.result))
    return { is: 'outcome', target: one.item, outcome };
  const proof = await isOnAgain(engine, request, intent, outcome.result === 'accepted');
  switch (proof.is) {
    case 'refuted':
      return ended(one, 'done', `${outcome.detail}; on again, and the system confirms it: ${proof.how}`);
    case 'proved':
      return ended(
        one,
        'failed',
        `${outcome.detail}, and the system still says that it is off: ${proof.how}`,
      );
    case 'unproved':
      return { is: 'proof', target: one.item, proof };
  }
};

const ended = (
  { item }: Ordered,
  result: 'done' | 'already' | 'failed' | 'unknown',
  detail: string,
): TargetLine => ({ is: 'outcome', target: item, outcome: { result, detail } });

const heldBack = (one: Ordered, waits: readonly string[]): TargetLine =>
  ended(one, 'failed', `not begun: ${waits.join(', ')} must be on and proved first; nothing was sent`);

/** What was off before us, or is gone for good, was nobody's receiver when the incident began or never will be again. */
const holdsBack = (line: TargetLine, { way }: Ordered): boolean =>
  (way === 'undo' || way === 'by-hand') && !(line.is === 'outcome' && WORKED.has(line.outcome.result));

const WORKED: ReadonlySet<string> = new Set(['done', 'already']);

const stateOf = (
  lines: readonly TargetLine[],
  release: readonly Ordered[],
  stopped: boolean,
): RunReport['state'] => {
  const results = lines.flatMap((line) => (line.is === 'outcome' ? [line.outcome.result] : []));
  if (results.includes('unknown')) return 'unsure';
  if (results.some((result) => !WORKED.has(result))) return 'unrestored';
  if (lines.some((line) => line.is === 'proof')) return 'unproved';
  if (lines.length < release.length) return stopped ? 'stopped' : 'unrestored';
  // What is gone for good is nobody's work any more; what a person stopped, a person switches on.
  const left = lines.some((line, place) => line.is === 'by-hand' && release[place]?.way !== 'for-good');
  return left ? 'by-hand' : 'restored';
};
