import type { Secret } from '../io/secrets.ts';
import type { Call, Outcome, Preview, Proof } from '../model/action.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { allProved, hasOwn, joined, ordinal, ownLast, ownWarning } from './several.ts';

/** The shape of every kill by recipe: each leaked credential on its own, the tool's last, each used once more to be refused. */
export type Kill = Readonly<{
  breaks: readonly string[];
  /** The credential of ours that is among the suspects, or the one that we work with; null for none. */
  own(outside: Outside): Promise<Secret | null>;
  call(input: ActionInput, outside: Outside, name: string): Call;
  killOne(token: Secret, name: string, input: ActionInput, outside: Outside): Promise<Outcome>;
  proveOne(token: Secret, name: string, input: ActionInput, outside: Outside): Promise<Proof>;
}>;

const proofs = async (kill: Kill, input: ActionInput, outside: Outside): Promise<readonly Proof[]> => {
  const tokens = ownLast(outside.suspects, await kill.own(outside));
  const found: Proof[] = [];
  for (const [i, token] of tokens.entries()) {
    found.push(await kill.proveOne(token, ordinal(i, tokens.length), input, outside));
  }
  return found;
};

const preview = async (kill: Kill, input: ActionInput, outside: Outside): Promise<Preview> => {
  const own = await kill.own(outside);
  const tokens = ownLast(outside.suspects, own);
  const found = await proofs(kill, input, outside);
  const unsure = found.filter((proof) => proof.is === 'unproved').map((proof) => proof.how);
  const all = found.length > 0 && found.every((proof) => proof.is === 'proved');
  const warning = hasOwn(tokens, own) ? [ownWarning(input['own_token_too'] === true)] : [];
  return {
    calls: tokens.map((_one, i) => kill.call(input, outside, ordinal(i, tokens.length))),
    breaks: kill.breaks,
    now: found.some((proof) => proof.is === 'refuted') ? 'active' : all ? 'already' : 'unknown',
    warnings: [...warning, ...unsure],
  };
};

export const killSwitch = (kill: Kill): Pick<Action, 'preview' | 'run' | 'verify'> => ({
  preview: async (input, outside) => await preview(kill, input, outside),
  async run(input, outside) {
    const own = await kill.own(outside);
    if (hasOwn(outside.suspects, own) && input['own_token_too'] !== true) {
      return { result: 'failed', detail: `nothing was sent: ${ownWarning(false)}` };
    }
    const tokens = ownLast(outside.suspects, own);
    const outcomes: Outcome[] = [];
    for (const [i, token] of tokens.entries()) {
      outcomes.push(await kill.killOne(token, ordinal(i, tokens.length), input, outside));
    }
    return joined(outcomes);
  },
  verify: async (input, outside) => allProved(await proofs(kill, input, outside)),
});
