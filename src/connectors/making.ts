import type { Json } from '../base/canonical.ts';
import { Secret } from '../io/secrets.ts';
import type { Outcome, Proof } from '../model/action.ts';
import { lost, unchanged, unproved, unread, unseen } from './call.ts';
import type { CallAnswer, CallRequest } from './call.ts';
import { action } from './connector.ts';
import type { Action, ActionInput, Makes, Outside } from './connector.ts';
import { HIDDEN, shown } from './several.ts';
import type { Said } from './thing.ts';
import { succeeded, textAt } from './vendor.ts';
import type { Vendor } from './vendor.ts';

/**
 * A new credential beside the old one. It is made under a mark of its own, so that a try whose answer was lost can be found again:
 * what that one made nobody knows the secret of, and it ends before another is made.
 */
export type Making<In extends ActionInput> = Readonly<{
  vendor: Vendor;
  /** "the API key": completes "making ..." and "ending the new ...". */
  what: string;
  /** Ids of what carries this mark. */
  marked(mark: string, input: In, outside: Outside): Promise<Marked>;
  /**
   * A text that is made here and not by the vendor; null where the vendor makes it. `sent`: it goes out as it is, so that nobody
   * may keep the request either; else the vendor gets a public half alone.
   */
  own?: Readonly<{ make(outside: Outside): string; sent: boolean }>;
  /** The request that makes it; a reading before it may be refused. `own` stands hidden in what is only shown. */
  make(
    mark: string,
    input: In,
    outside: Outside,
    own: string,
  ): Promise<CallRequest | Readonly<{ refusal: Outcome }>>;
  /** What the answer holds: `id` as the vendor lists it; the secret as a service is given it. */
  of(answer: CallAnswer, own: string): Readonly<{ id: string; secret: string }> | null;
  end(id: string, input: In, outside: Outside): readonly CallRequest[];
  /** Uses it once, for something that whatever was made may ask. */
  use(secret: string, input: In, outside: Outside): Promise<Used>;
  ends?: string;
}>;

/** What using a credential once came to: the vendor’s answer, or what it means where its status alone does not say it. */
export type Used = CallAnswer | Proof;

export const isVerdict = (used: Used): used is Proof => 'is' in used;

export type Marked = Readonly<{ ids: readonly string[] }> | Readonly<{ refusal: Outcome }>;

const markOf = ({ key }: Pick<Outside, 'key'>): string => `firebreak ${key.slice(0, 16)}`;

const endOne = async <In extends ActionInput>(
  making: Making<In>,
  id: string,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const what = `ending ${making.what} that was made`;
  try {
    const answers: CallAnswer[] = [];
    for (const request of making.end(id, input, outside)) {
      const answer = await making.vendor.ask(outside, request);
      if (!succeeded(answer) && answer.status !== 404) return making.vendor.refused(answer, what);
      answers.push(answer);
    }
    const http = answers.at(-1)?.status ?? 0;
    return { result: http === 404 ? 'already' : 'done', detail: `${what}: answered ${http}`, http };
  } catch (error) {
    return lost(error, what);
  }
};

/** What an earlier try left; null once nothing of it is there. */
const leftOver = async <In extends ActionInput>(
  making: Making<In>,
  input: In,
  outside: Outside,
): Promise<Outcome | null> => {
  const what = `looking for ${making.what} of a try before`;
  try {
    const found = await making.marked(markOf(outside), input, outside);
    if ('refusal' in found) return unchanged(found.refusal);
    for (const id of found.ids) {
      const ended = await endOne(making, id, input, outside);
      if (ended.result !== 'done' && ended.result !== 'already') return ended;
    }
    return null;
  } catch (error) {
    return unread(error, what);
  }
};

const run = async <In extends ActionInput>(
  making: Making<In>,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const left = await leftOver(making, input, outside);
  if (left !== null) return left;
  const what = `making ${making.what}`;
  const own = making.own?.make(outside) ?? '';
  let request: CallRequest | Readonly<{ refusal: Outcome }>;
  try {
    request = await making.make(markOf(outside), input, outside, own);
  } catch (error) {
    return unread(error, what);
  }
  if ('refusal' in request) return unchanged(request.refusal);
  try {
    const answer = await making.vendor.ask(outside, { ...request, creates: true });
    if (!succeeded(answer)) return making.vendor.refused(answer, what);
    const made = making.of(answer, own);
    if (made === null)
      return {
        result: 'unknown',
        detail: `${what}: answered ${answer.status}, without a credential`,
        http: answer.status,
      };
    await outside.made(made.id, new Secret(made.secret));
    const receipt: Json = { made: made.id };
    return {
      result: 'done',
      detail: `${what}: confirmed with ${answer.status}`,
      http: answer.status,
      receipt,
      after: receipt,
    };
  } catch (error) {
    return lost(error, what);
  }
};

/** A new one is accepted, refused, or nothing can be told: a bad gateway says nothing of it. */
const acceptedBy = (answer: CallAnswer, what: string): Proof => {
  const { status: http } = answer;
  const how = `using ${what} once answered ${http}`;
  return {
    is: succeeded(answer) ? 'proved' : http === 401 || http === 403 ? 'refuted' : 'unproved',
    how,
    http,
  };
};

/** Without it at hand nothing can be asked. */
export const withFresh = async (
  outside: Outside,
  what: string,
  ask: (secret: string) => Promise<Used>,
): Promise<Proof> => {
  if (outside.fresh === null) return { is: 'unproved', how: `${what} is not at hand, so it was not used` };
  try {
    const used = await ask(outside.fresh.use());
    return isVerdict(used) ? { ...used, how: `${what}: ${used.how}` } : acceptedBy(used, what);
  } catch (error) {
    return unproved(error, `using ${what} once`);
  }
};

export const making = <In extends ActionInput>(one: Making<In>, { breaks, ...said }: Said<In>): Action => {
  const makes: Makes = {
    endsOld: false,
    ...(one.ends === undefined ? {} : { ends: one.ends }),
    ...(one.own?.sent === true ? { sends: true } : {}),
  };
  return action<In>({
    ...said,
    effect: 'irreversible',
    retry: 'B',
    creates: true,
    makes,
    async preview(input, outside) {
      const planned = { calls: [], breaks };
      try {
        const request = await one.make('firebreak ...', input, outside, HIDDEN);
        if ('refusal' in request) return { ...planned, now: 'unknown', warnings: [request.refusal.detail] };
        return { ...planned, calls: [shown(outside.baseUrl, request)], now: 'active', warnings: [] };
      } catch (error) {
        return unseen(error, planned);
      }
    },
    run: async (input, outside) => await run(one, input, outside),
    verify: async (input, outside) =>
      await withFresh(outside, `the new ${one.what.replace(/^the /, '')}`, async (secret) =>
        one.use(secret, input, outside),
      ),
    async undo(input, { receipt }, outside) {
      const id = textAt(receipt, 'made');
      if (id === '') return { result: 'failed', detail: 'it is not recorded what was made' };
      return await endOne(one, id, input, outside);
    },
  });
};
