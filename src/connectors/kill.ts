import type { Json } from '../base/canonical.ts';
import type { Secret } from '../io/secrets.ts';
import type { Call, Outcome, Preview, Proof } from '../model/action.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { withLack } from './evidence.ts';
import { allProved, joined, ordinal } from './several.ts';
import { captured, ownNotes, ownWarnings, sortSuspects, withLeftOut } from './suspects.ts';

/** The shape of a kill: each leaked credential on its own, its evidence first, and each used once more to be refused. */
export type Kill = Readonly<{
  breaks: readonly string[];
  /** The credentials that the tool itself works with, as far as they are known. */
  own(outside: Outside): Promise<readonly (Secret | null)[]>;
  call(input: ActionInput, outside: Outside, name: string): Call;
  /** What is kept of one before it dies; null where nobody tells anything of one. */
  capture: ((token: Secret, input: ActionInput, outside: Outside) => Promise<Captured>) | null;
  killOne(token: Secret, doomed: Doomed, input: ActionInput, outside: Outside): Promise<Outcome>;
  proveOne(token: Secret, name: string, input: ActionInput, outside: Outside): Promise<Proof>;
}>;

/** What was kept, or why nothing was. */
export type Captured = Readonly<{ receipt: Json; lack: string | null }>;
/** One credential about to be killed: how it is called, and what was kept of it. */
export type Doomed = Readonly<{ name: string; receipt: Json }>;

const NOTHING: Captured = { receipt: null, lack: null };

const OWN = 'our own credential';

const proofs = async (
  kill: Kill,
  tokens: readonly Secret[],
  input: ActionInput,
  outside: Outside,
): Promise<readonly Proof[]> => {
  const found: Proof[] = [];
  for (const [i, token] of tokens.entries()) {
    found.push(await kill.proveOne(token, ordinal(i, tokens.length), input, outside));
  }
  return found;
};

const preview = async (kill: Kill, input: ActionInput, outside: Outside): Promise<Preview> => {
  const sorted = sortSuspects(outside, await kill.own(outside));
  const { suspects } = sorted;
  const found = await proofs(kill, suspects, input, outside);
  const unsure = found.filter((proof) => proof.is === 'unproved').map((proof) => proof.how);
  const all = found.length > 0 && found.every((proof) => proof.is === 'proved');
  return {
    calls: suspects.map((_one, i) => kill.call(input, outside, ordinal(i, suspects.length))),
    breaks: kill.breaks,
    now: found.some((proof) => proof.is === 'refuted') ? 'active' : all ? 'already' : 'unknown',
    warnings: [...ownWarnings(sorted), ...unsure],
  };
};

export const killSwitch = (kill: Kill): Pick<Action, 'preview' | 'run' | 'verify'> => ({
  preview: async (input, outside) => await preview(kill, input, outside),
  async run(input, outside) {
    const sorted = sortSuspects(outside, await kill.own(outside));
    const { suspects } = sorted;
    const known = await captured(
      suspects,
      outside,
      async (token, bounded) => (await kill.capture?.(token, input, bounded)) ?? NOTHING,
    );
    const outcomes: Outcome[] = [];
    for (const [i, token] of suspects.entries()) {
      const { receipt, lack } = known[i] ?? NOTHING;
      const doomed = { name: ordinal(i, suspects.length), receipt };
      outcomes.push(withLack(await kill.killOne(token, doomed, input, outside), lack));
    }
    return joined(outcomes, ownNotes(sorted));
  },
  async verify(input, outside) {
    const sorted = sortSuspects(outside, await kill.own(outside));
    const others = allProved(await proofs(kill, sorted.suspects, input, outside));
    return await withLeftOut(others, sorted, async (own) => await kill.proveOne(own, OWN, input, outside));
  },
});
