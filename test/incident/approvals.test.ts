import { describe, expect, test } from 'vitest';
import { APPROVAL_NAMESPACE, approvalText } from '../../src/base/approval.ts';
import { HOUR } from '../../src/base/duration.ts';
import { signSshsig } from '../../src/base/sshsig.ts';
import { approvalOf } from '../../src/incident/approvals.ts';
import type { Approval } from '../../src/incident/approvals.ts';
import { limits } from '../../src/model/limits.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import { known, lineOf, seedOf } from '../fakes/people.ts';
import { act, ask, byHand, choice, story } from './story.ts';
import type { Story } from './story.ts';

const stop = act('stop', ['bridge'], { approvals: 1 });
const two = act('end', ['token'], { approvals: 2 });
const letter = byHand('send', { phase: 'notify', submits: 'gdpr.34', approvals: 1 });
const hand = byHand('pull', { approvals: 1 });

/** `ada` sits at the keyboard; ben and cem have keys, dora has none. */
const team = (steps: readonly PlannedStep[] = [stop, two, letter, hand]): Story => {
  const told = story(steps);
  told.happens(known('ada'), known('ben', ['manager']), known('cem'), known('dora', ['legal'], []));
  return told;
};

const of = (told: Story, step: string): Approval => {
  const found = approvalOf(told.state(), told.step(step).step, told.now(), 'ada');
  if (found === null) throw new Error(`${step} needs nobody`);
  return found;
};
const asks = (told: Story, step: string): number => {
  told.does({ do: 'ask-approval', step });
  return of(told, step).asked ?? -1;
};
const hashOf = (told: Story, n: number): string => told.entries()[n]?.hash ?? '';
const sign = (told: Story, n: number, person: string, namespace = APPROVAL_NAMESPACE): string =>
  signSshsig(seedOf(person), approvalText(hashOf(told, n)), namespace);
const approve = (told: Story, asked: number, person: string, signature = sign(told, asked, person)) =>
  told.does({ do: 'approve', asked, person, signature });

describe('an approval', () => {
  test('by another person with their key is enough, until the request expires', () => {
    const told = team();
    const asked = asks(told, 'stop');
    expect(of(told, 'stop')).toMatchObject({
      enough: false,
      given: [],
      could: ['ben', 'cem'],
      askedBy: 'ada',
    });
    approve(told, asked, 'ben');
    expect(of(told, 'stop')).toMatchObject({ enough: true, given: [{ person: 'ben' }] });
    told.later(limits.approvalMs);
    expect(of(told, 'stop').enough).toBe(true);
    told.later(1);
    expect(of(told, 'stop')).toMatchObject({ enough: false, expired: true });
  });

  test('of k people wants k different ones', () => {
    const told = team();
    const asked = asks(told, 'end');
    approve(told, asked, 'ben');
    expect(of(told, 'end').enough).toBe(false);
    expect(() => approve(told, asked, 'ben')).toThrow(/rule=given-already/);
    approve(told, asked, 'cem');
    expect(of(told, 'end').enough).toBe(true);
  });

  test.each<[string, (told: Story, asked: number) => unknown, RegExp]>([
    ['of the one who asks', (told, n) => approve(told, n, 'ada'), /rule=own-approval/],
    [
      "with the asker's key in another name",
      (told, n) => {
        told.happens(known('cem', [], [lineOf('cem'), lineOf('ada')]));
        return approve(told, n, 'cem', sign(told, n, 'ada'));
      },
      /rule=own-approval/,
    ],
    ['of somebody nobody knows', (told, n) => approve(told, n, 'eve'), /rule=unknown-person/],
    ['of somebody without a key', (told, n) => approve(told, n, 'dora'), /rule=unknown-key/],
    ["with a stranger's key", (told, n) => approve(told, n, 'ben', sign(told, n, 'eve')), /rule=unknown-key/],
    [
      "with a colleague's key",
      (told, n) => approve(told, n, 'ben', sign(told, n, 'cem')),
      /rule=unknown-key/,
    ],
    [
      'made for something else',
      (told, n) => approve(told, n, 'ben', sign(told, n, 'ben', 'git')),
      /rule=other-namespace/,
    ],
    [
      'over an altered text',
      (told, n) =>
        approve(
          told,
          n,
          'ben',
          signSshsig(seedOf('ben'), `${approvalText(hashOf(told, n))} `, APPROVAL_NAMESPACE),
        ),
      /rule=does-not-fit/,
    ],
    ['that is no signature', (told, n) => approve(told, n, 'ben', 'yes'), /rule=not-a-signature/],
    [
      'that comes too late',
      (told, n) => {
        told.later(limits.approvalMs + 1);
        return approve(told, n, 'ben');
      },
      /rule=expired/,
    ],
    ['of what nobody asked for', (told) => approve(told, 1, 'ben'), /not-found/],
  ])('%s is refused, and one that was written all the same counts for nothing', (_, tries, why) => {
    const told = team();
    const asked = asks(told, 'stop');
    const before = told.entries().length;
    expect(() => tries(told, asked)).toThrow(why);
    expect(
      told
        .entries()
        .slice(before)
        .map(({ kind }) => kind),
    ).not.toContain('approval.given');
    expect(of(told, 'stop').given).toEqual([]);
  });

  test('that was given for one act fits no other: step, targets, plan or a second request', () => {
    const told = team();
    const first = asks(told, 'stop');
    const second = asks(told, 'end');
    expect(() => approve(told, second, 'ben', sign(told, first, 'ben'))).toThrow(/rule=does-not-fit/);
    approve(told, first, 'ben');
    const { plan } = told.state();
    told.happens({
      kind: 'plan.adopted',
      pub: { plan_sha256: 'cd'.repeat(32), runbook: 'small', part: 0, of: 1, text: JSON.stringify(plan) },
    });
    expect(of(told, 'stop')).toMatchObject({ enough: false, asked: null });
    told.happens({
      kind: 'plan.adopted',
      pub: { plan_sha256: 'ab'.repeat(32), runbook: 'small', part: 0, of: 1, text: JSON.stringify(plan) },
    });
    expect(of(told, 'stop').enough).toBe(true);
  });

  test('written straight into the journal without a signature that holds approves nothing', () => {
    const told = team();
    const asked = asks(told, 'stop');
    for (const signature of ['', 'yes', sign(told, asked, 'eve')])
      told.happens({ kind: 'approval.given', pub: { asked, person: 'ben', signature } });
    expect(of(told, 'stop')).toMatchObject({ enough: false, given: [] });
  });

  test('ends with the step: done again it is another act', () => {
    const told = team();
    const asked = asks(told, 'pull');
    approve(told, asked, 'ben');
    told.does({ do: 'tick', step: 'pull', result: 'Pulled' });
    told.does({ do: 'reopen', step: 'pull', reason: 'It came back' });
    expect(of(told, 'pull')).toMatchObject({ enough: false, asked: null });
    expect(() => approve(told, asked, 'cem')).toThrow(/rule=not-open/);
  });

  test('is asked for once; asking again after it expired is a new request', () => {
    const told = team();
    const first = asks(told, 'stop');
    expect(told.does({ do: 'ask-approval', step: 'stop' })).toEqual([]);
    told.later(limits.approvalMs + 1);
    expect(asks(told, 'stop')).toBeGreaterThan(first);
    expect(() => told.does({ do: 'ask-approval', step: 'gone' })).toThrow(/not-found/);
  });
});

describe('a step by hand', () => {
  test('says what it rests on', () => {
    const told = team();
    approve(told, asks(told, 'pull'), 'ben');
    const kinds = told.does({ do: 'tick', step: 'pull', result: 'Pulled' }).map(({ kind }) => kind);
    expect(kinds).toEqual(['approval.used', 'step.finished']);
    expect(told.state().overrides).toEqual([]);
  });

  test('without its approval is an override, never a refusal', () => {
    const told = team();
    told.does({ do: 'tick', step: 'pull', result: 'Pulled, nobody answered' });
    expect(told.step('pull').status).toBe('hand');
    expect(told.state().overrides).toMatchObject([{ step: 'pull', what: 'approval', review: null }]);
  });

  test('that lets something leave the company is refused without it, whatever the reason', () => {
    const told = team();
    const tick = { do: 'tick', step: 'send', result: 'Sent, no time to ask' } as const;
    expect(() => told.does(tick)).toThrow(/not-authorised.*needs-approval/);
    expect(told.step('send').status).not.toBe('hand');
    // What happened has a place all the same.
    told.does({ do: 'note', text: 'The letter went out at 03:10' });
    told.does({ do: 'submit', duty: 'gdpr.34', channel: 'post' });
    approve(told, asks(told, 'send'), 'ben');
    told.does(tick);
    expect(told.step('send').status).toBe('hand');
    expect(told.state().overrides).toEqual([]);
  });

  test('of that kind is refused where nobody could approve at all, and says where what happened has its place', () => {
    const told = story([letter]);
    expect(() => told.does({ do: 'tick', step: 'send', result: 'Sent by post' })).toThrow(
      /nobody whose key this incident knows.*duty submit gdpr\.34/,
    );
    expect(told.state().overrides).toEqual([]);
    told.does({ do: 'submit', duty: 'gdpr.34', channel: 'post' });
    told.does({ do: 'skip', step: 'send', reason: 'Sent at 03:10; nobody here has a key' });
    expect(told.step('send').status).toBe('skip');
  });
});

describe('an answer and a decision that want others', () => {
  const count = ask('count', 'subjects', 'text', { approvals: 1 });
  const tell = { ...choice('tell', 'told'), phase: 'notify', approvals: 1 } as const;
  const answer = { do: 'answer', step: 'count', answer: { is: 'text', text: '12' } } as const;
  const decision = {
    do: 'decide',
    step: 'tell',
    option: 'yes',
    rationale: 'Passports',
    decider: 'ada',
  } as const;
  const kinds = (told: Story, command: Parameters<Story['does']>[0]) =>
    told.does(command).map(({ kind }) => kind);

  test('are settled under the approval that was given', () => {
    const told = team([count, tell]);
    for (const step of ['count', 'tell']) approve(told, asks(told, step), 'ben');
    expect(kinds(told, answer)[0]).toBe('approval.used');
    expect(kinds(told, decision)[0]).toBe('approval.used');
    expect(told.state().overrides).toEqual([]);
  });

  test('without it go on with a reason alone, as an override', () => {
    const told = team([count, tell]);
    expect(() => told.does(answer)).toThrow(/needs-approval.*OVERRIDE/);
    expect(told.step('count').status).toBe('todo');
    expect(kinds(told, { ...answer, reason: 'Nobody answers' })[0]).toBe('override.taken');
    expect(kinds(told, decision)[0]).toBe('override.taken');
    expect(told.state().overrides.map(({ step }) => step)).toEqual(['count', 'tell']);
    // A correction of what is settled needs its reason and nobody else.
    expect(kinds(told, { ...answer, reason: 'Counted again' })).not.toContain('override.taken');
  });
});

describe('the review of an override', () => {
  const taken = (): Readonly<{ told: Story; n: number }> => {
    const told = team();
    told.does({ do: 'override', step: 'stop', what: 'approval', reason: 'Alone' });
    return { told, n: told.state().overrides[0]?.n ?? -1 };
  };
  const review = (told: Story, override: number, person: string, signature: string | null, agrees = true) =>
    told.does({ do: 'review', override, person, agrees, comment: 'Right at that hour', signature });

  test('is due within a day, by somebody else, signed by whoever has a key', () => {
    const { told, n } = taken();
    const [one] = told.state().overrides;
    expect((one?.dueAt ?? 0) - (one?.at ?? 0)).toBe(24 * HOUR);
    expect(() => review(told, n, 'ada', sign(told, n, 'ada'))).toThrow(/rule=own-approval/);
    expect(() => review(told, n, 'ben', null)).toThrow(/rule=must-sign/);
    expect(() => review(told, n, 'ben', sign(told, n, 'cem'))).toThrow(/rule=unknown-key/);
    expect(() => review(told, 0, 'ben', null)).toThrow(/not-found/);
    review(told, n, 'ben', sign(told, n, 'ben'), false);
    expect(told.state().overrides[0]?.review).toMatchObject({ person: 'ben', agrees: false, signed: true });
    expect(() => review(told, n, 'cem', sign(told, n, 'cem'))).toThrow(/rule=given-already/);
  });

  test('by a person whose key nobody knows stands unsigned', () => {
    const { told, n } = taken();
    review(told, n, 'dora', null);
    expect(told.state().overrides[0]?.review).toMatchObject({ person: 'dora', signed: false });
  });

  test('that somebody wrote without a signature that holds does not count', () => {
    const { told, n } = taken();
    for (const signature of [null, 'yes', sign(told, n, 'eve')])
      told.happens({ kind: 'review.given', pub: { override: n, person: 'ben', agrees: true, signature } });
    told.happens({
      kind: 'review.given',
      pub: { override: n, person: 'ada', agrees: true, signature: null },
    });
    expect(told.state().overrides[0]?.review).toBeNull();
  });
});
