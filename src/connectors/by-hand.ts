import type { Secret } from '../io/secrets.ts';
import type { Effect, Preview, Proof } from '../model/action.ts';
import { deniesBearer, isPage, unproved } from './call.ts';
import type { CallAnswer } from './call.ts';
import { action } from './connector.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { isVerdict } from './making.ts';
import type { Used } from './making.ts';
import { allProved, ordinal } from './several.ts';
import type { Said } from './thing.ts';
import { succeeded } from './vendor.ts';

/**
 * What a vendor offers to people alone: the console page, step by step. Nothing is ever sent for it but the question whether
 * it is really so, which the tool asks where an answer can be had.
 */
export type HandMade<In extends ActionInput> = Said<In> &
  Readonly<{
    effect: Exclude<Effect, 'reads'>;
    needsSuspect?: boolean;
    prove(input: In, outside: Outside): Promise<Proof>;
  }>;

export const byPerson = <In extends ActionInput>({ breaks, prove, ...said }: HandMade<In>): Action => {
  const verify = async (input: In, outside: Outside): Promise<Proof> => {
    try {
      return await prove(input, outside);
    } catch (error) {
      return unproved(error, 'asking the system');
    }
  };
  const now = { proved: 'already', refuted: 'active', unproved: 'unknown' } as const;
  return action<In>({
    ...said,
    // Only a person knows whether it was done.
    retry: 'D',
    noApi: true,
    async preview(input, outside): Promise<Preview> {
      const { is, how } = await verify(input, outside);
      return { calls: [], breaks, now: now[is], warnings: [how] };
    },
    run: async () =>
      await Promise.resolve({
        result: 'not-supported',
        detail: 'there is no API for it, so nothing was sent: a person does it',
      }),
    verify,
  });
};

/**
 * The negative proof of a leaked credential: used once more, it must be refused with 401 by the system itself. `asked` names the
 * question. Any other refusal (403, 429, a bad gateway, a page) may come from elsewhere and proves nothing.
 */
const refusedNow = (answer: CallAnswer, name: string, asked: string): Proof => {
  const { status: http } = answer;
  const page = isPage(answer) ? ' with a web page, which is not the system’s' : '';
  const how = `${asked} with ${name} answered ${http}${page}`;
  return { is: deniesBearer(answer) ? 'proved' : succeeded(answer) ? 'refuted' : 'unproved', how, http };
};

const OPPOSITE = { proved: 'refuted', refuted: 'proved', unproved: 'unproved' } as const;

/** The same for every credential that was given. */
export const allRefused = async (
  outside: Outside,
  asked: string,
  send: (token: Secret) => Promise<Used>,
): Promise<Proof> => {
  const { suspects } = outside;
  const proofs: Proof[] = [];
  for (const [i, token] of suspects.entries()) {
    const name = ordinal(i, suspects.length);
    try {
      const used = await send(token);
      proofs.push(
        isVerdict(used)
          ? { ...used, is: OPPOSITE[used.is], how: `${asked} with ${name}: ${used.how}` }
          : refusedNow(used, name, asked),
      );
    } catch (error) {
      proofs.push(unproved(error, `${asked} with ${name}`));
    }
  }
  return allProved(proofs);
};
