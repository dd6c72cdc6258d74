import type { Json } from '../base/canonical.ts';
import { Secret } from '../io/secrets.ts';
import type { Outcome, Proof } from '../model/action.ts';
import { allRefused } from './by-hand.ts';
import { lost } from './call.ts';
import type { CallAnswer, CallRequest } from './call.ts';
import { action } from './connector.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { withFresh } from './making.ts';
import type { Used } from './making.ts';
import { shown } from './several.ts';
import type { Said } from './thing.ts';
import { succeeded } from './vendor.ts';
import type { Vendor } from './vendor.ts';

/**
 * A credential whose text the vendor replaces: the old one ends in the moment the new one is made, and nothing brings it back.
 * Done again it does the same once more, which harms nobody: the text of a lost answer is dead with it.
 */
export type Rolling<In extends ActionInput> = Readonly<{
  vendor: Vendor;
  /** "the API token": completes "rolling ...". */
  what: string;
  roll(input: In, outside: Outside): CallRequest;
  /** The new text in the answer; '' where there is none. */
  of(answer: CallAnswer): string;
  /** The vendor’s public name for it, which stays the same. */
  id(input: In): string;
  /** Uses one once, for something that any of them may ask. */
  use(secret: string, input: In, outside: Outside): Promise<Used>;
  /** Why it must not be rolled; null where nothing speaks against it. */
  obstacle?(input: In, outside: Outside): Promise<string | null>;
}>;

const run = async <In extends ActionInput>(
  one: Rolling<In>,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const obstacle = (await one.obstacle?.(input, outside)) ?? null;
  if (obstacle !== null) return { result: 'failed', detail: obstacle };
  const what = `rolling ${one.what}`;
  try {
    const answer = await one.vendor.ask(outside, { ...one.roll(input, outside), creates: true });
    const { status: http } = answer;
    if (!succeeded(answer)) return one.vendor.refused(answer, what);
    const text = one.of(answer);
    if (text === '')
      return { result: 'unknown', detail: `${what}: answered ${http}, without the new one`, http };
    await outside.made(one.id(input), new Secret(text));
    const receipt: Json = { rolled: one.id(input) };
    return { result: 'done', detail: `${what}: confirmed with ${http}`, http, receipt };
  } catch (error) {
    return lost(error, what);
  }
};

/** The leaked text, where a person gave it, is used once more and must be refused. */
const oldIsDead = async <In extends ActionInput>(
  one: Rolling<In>,
  input: In,
  outside: Outside,
): Promise<Proof> =>
  outside.suspects.length === 0
    ? {
        is: 'unproved',
        how: `no copy of the old text of ${one.what} was given, so it could not be tried once more`,
      }
    : await allRefused(outside, `using ${one.what}`, async (old) => await one.use(old.use(), input, outside));

export const rolling = <In extends ActionInput>(one: Rolling<In>, { breaks, ...said }: Said<In>): Action =>
  action<In>({
    ...said,
    effect: 'irreversible',
    retry: 'B',
    creates: true,
    // The schema of the action has parsed the input before it gets here.
    makes: { endsOld: true, old: async (input, outside) => await oldIsDead(one, input as In, outside) },
    async preview(input, outside) {
      const obstacle = (await one.obstacle?.(input, outside)) ?? null;
      return {
        calls: [shown(outside.baseUrl, one.roll(input, outside))],
        breaks,
        now: 'active',
        warnings: obstacle === null ? [] : [obstacle],
      };
    },
    run: async (input, outside) => await run(one, input, outside),
    verify: async (input, outside) =>
      await withFresh(outside, `the new text of ${one.what}`, async (secret) =>
        one.use(secret, input, outside),
      ),
  });
