import type { Action } from '../connectors/connector.ts';
import { redactSentence } from '../io/redact.ts';
import type { Outcome, Preview, Proof } from '../model/action.ts';
import type { World } from './world.ts';

/**
 * An action whose words hold no secret that is known, whoever put one there: a vendor that quotes the token it refuses, or a
 * connector that fails with one in its message. Receipts stay as they are: a state is restored exactly or not at all.
 */
export const discreet = (action: Action, world: World): Action => {
  const hide = (text: string): string => redactSentence(world.secrets.known())(text);
  const outcome = (one: Outcome): Outcome => ({ ...one, detail: hide(one.detail) });
  const proof = (one: Proof): Proof => ({ ...one, how: hide(one.how) });
  const preview = (one: Preview): Preview => ({
    ...one,
    calls: one.calls.map((call) => ({
      ...call,
      url: hide(call.url),
      ...(call.body === undefined ? {} : { body: hide(call.body) }),
    })),
    warnings: one.warnings.map(hide),
  });
  const said = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // Those of the platform cannot be written to, and quote nothing of ours.
      if (error instanceof Error && Object.hasOwn(error, 'message')) error.message = hide(error.message);
      throw error;
    }
  };
  const undo = action.undo?.bind(action);
  return {
    ...action,
    preview: async (input, outside) => preview(await said(() => action.preview(input, outside))),
    run: async (input, outside) => outcome(await said(() => action.run(input, outside))),
    verify: async (input, outside) => proof(await said(() => action.verify(input, outside))),
    ...(undo === undefined
      ? {}
      : { undo: async (input, done, outside) => outcome(await said(() => undo(input, done, outside))) }),
  };
};
