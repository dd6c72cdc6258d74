import { describe, expect, test } from 'vitest';
import { fold } from '../../src/incident/evolve.ts';
import type { Fresh } from '../../src/model/event.ts';
import { containment } from '../../src/projections/containment.ts';
import { waitingNow } from '../../src/projections/waiting.ts';
import { regulations } from '../../src/regulations/index.ts';
import { titles } from '../fixtures/company.ts';
import { at, leakedToken, plan, told, type Happening, type Told } from '../fixtures/incident.ts';
import { draft, input, letters, sampleOf, withFacts } from './rig.ts';

/** What a letter gets from the journal about where the incident stands. */

const value = (letter: string, id: string, incident: Told): string | null =>
  draft(letter, incident).elements.find((one) => one.id === id)?.value ?? null;

const brief = (id: string, incident: Told): string | null => value('incident-brief', id, incident);

/** The incident with more entries behind its last one. */
const and = (incident: Told, ...more: readonly Fresh[]): Told => {
  const again = incident.entries.map((entry): Happening => {
    const priv = entry.priv.map(
      (name) => [name, { class: 'staff', value: incident.reveal({ n: entry.n, name }) ?? '' }] as const,
    );
    return {
      fresh: { kind: entry.kind, pub: entry.pub, priv: Object.fromEntries(priv) } as never,
      actor: entry.actor,
    };
  });
  return told([...again, ...more]);
};

/** The incident as it stood after its first entries. */
const until = (size: number): Told => {
  const incident = leakedToken();
  const entries = incident.entries.slice(0, size);
  return { ...incident, entries, state: fold(entries) };
};

const submitted = (duty: string): Fresh => ({
  kind: 'duty.submitted',
  pub: { duty, at: at('2026-11-20T03:30:00Z'), phase: 1 },
  priv: { channel: { class: 'staff', value: 'portal' } },
});

describe('whether it still goes on', () => {
  test('is answered with what the answer rests on', () => {
    expect(brief('bleeding', leakedToken())).toMatch(/^NO\. .*Last proof: .* 2 of 2 proved\.$/);
    expect(brief('bleeding', until(5))).toMatch(/^YES\. Not everything .* 0 of 2 proved\.$/);
    expect(brief('bleeding', until(1))).toMatch(/^NOT KNOWN\./);
  });

  test('begins with what somebody turned back on', () => {
    const written = input('incident-brief', leakedToken());
    const view = containment(leakedToken().state, titles);
    const targets = view.targets.map((one, i) => ({ ...one, ...(i === 0 ? { drift: true } : {}) }));
    const { elements } = draft('incident-brief', leakedToken(), {
      containment: { ...written.containment, bleeding: 'yes', targets },
    });
    expect(elements[0]?.value).toMatch(/^.*WhatsApp bridge.* YES\. /);
  });
});

describe('what was gone past', () => {
  test('stands first, with who, why, and whether somebody has looked at it', () => {
    const { text, elements } = draft('incident-brief', leakedToken());
    const [line] = elements.filter(({ id }) => id === 'overrides');
    expect(line?.value).toMatch(
      /^no second person approved, by mara, .*: Nobody else could be reached at night \(not reviewed yet\)$/,
    );
    expect(line?.entries).toEqual([12]);
    expect(text.indexOf('no second person approved')).toBeLessThan(text.indexOf('still going on'));
  });

  test('is not told without its reason', () => {
    const incident = leakedToken();
    const { text } = draft('incident-brief', { ...incident, reveal: incident.sealed });
    expect(text).toContain('[SEALED: incident plan what was gone past, and why');
    expect(text).not.toContain('no second person approved');
  });
});

describe('duties that run', () => {
  test('are ours alone, each with its time or the words of its rule, and leave once they are met', () => {
    const proof: Fresh = {
      kind: 'duty.proved',
      pub: { duty: 'gdpr.33-1', kind: 'screenshot', evidence: null },
    };
    const lines = brief('clocks', leakedToken()) ?? '';
    expect(lines).toContain('Notify the supervisory authority: due 2026-11-23 02:14');
    expect(lines).toContain('(SENT, NOT PROVED)');
    expect(lines).toMatch(/^Tell the acquirer: at once \(PROVISIONAL\)$/m);
    expect(lines).not.toMatch(/Visa|Mastercard/);
    expect(brief('clocks', and(leakedToken(), proof))).not.toContain('supervisory authority');
  });
});

describe('when another duty was met', () => {
  const sample = sampleOf('card-brand');

  test('is told with the entry and how far it is proved', () => {
    const incident = and(withFacts(sample), submitted('pci.acquirer'));
    const { elements, text } = draft('card-brand', incident);
    const found = elements.find(({ id }) => id === 'acquirer_told');
    expect(found?.value).toMatch(/^2026-11-20 03:30 .*, proof not recorded yet$/);
    expect(found?.entries).toEqual([incident.entries.length - 1]);
    expect(text).not.toContain('Our notice to the acquirer: not recorded yet');
  });

  test('is not told of a duty that was not met, though another was', () => {
    const incident = and(withFacts(sample), submitted('gdpr.33-1'));
    expect(value('card-brand', 'acquirer_told', incident)).toBeNull();
    expect(draft('card-brand', incident).text).toContain('Our notice to the acquirer: not recorded yet');
  });
});

describe('what was decided', () => {
  const decision = (option: string, instead?: number): Fresh => ({
    kind: 'decision.made',
    pub: {
      decision: 'tell-customers',
      option,
      decider: 'aoife',
      step: null,
      star: false,
      ...(instead === undefined ? {} : { instead }),
    },
    priv: {
      question: { class: 'staff', value: 'Do we tell customers today?' },
      options: { class: 'staff', value: option },
      rationale: { class: 'staff', value: 'why' },
    },
  });

  test('is the decision that stands, and by whom', () => {
    const once = and(until(14), decision('tomorrow'));
    expect(brief('decisions', once)).toBe('Do we tell customers today? tomorrow, by aoife');
    const anew = and(once, decision('today', 14));
    expect(brief('decisions', anew)).toBe('Do we tell customers today? today, by aoife');
  });

  test('is not told in part without the key', () => {
    const once = and(until(14), decision('tomorrow'));
    const { text } = draft('incident-brief', { ...once, reveal: once.sealed });
    expect(text).toContain('[SEALED: Art. 33(5); incident plan what was decided, and by whom');
  });
});

describe('what waits', () => {
  const words = (incident: Told): readonly string[] => waitingNow(incident.state).map(({ text }) => text);

  test('is the next step where nothing is more urgent, and nothing once all is done or closed', () => {
    expect(words(until(14))).toEqual(['next step: Count the people affected']);
    expect(words(leakedToken())).toEqual([]);
    expect(words(and(until(14), { kind: 'incident.closed', pub: { outcome: 'resolved' } }))).toEqual([]);
  });

  test('puts what may have happened before everything else', () => {
    expect(words(until(6))[0]).toMatch(/^Stop the WhatsApp webhooks: /);
  });

  test('names a decision once: to be taken, then taken, then asked again when its fact has changed', () => {
    const decide = {
      ...plan.phases[1]?.steps[1],
      id: 'decide-risk',
      kind: 'decide',
      question: 'Is a risk likely?',
      options: [
        { id: 'yes', title: 'Yes', means: null },
        { id: 'no', title: 'No', means: null },
      ],
      fact: 'risk-unlikely',
      relies: ['subjects-count'],
    };
    const asking = (...steps: readonly unknown[]): Fresh => {
      const phases = [{ id: 'scope', title: 'Scope', goal: 'We know', steps }];
      const text = JSON.stringify({ ...plan, phases });
      return {
        kind: 'plan.adopted',
        pub: { plan_sha256: 'ab'.repeat(32), runbook: 'x', part: 0, of: 1, text },
      };
    };
    const taken: readonly Fresh[] = [
      {
        kind: 'decision.made',
        pub: {
          decision: 'decide-risk',
          option: 'yes',
          decider: 'aoife',
          step: 'decide-risk',
          star: false,
          relies: [{ fact: 'subjects-count', n: null }],
        },
      },
      { kind: 'step.finished', pub: { step: 'decide-risk', how: 'decided' } },
    ];
    const counted: Fresh = {
      kind: 'fact.learned',
      pub: {
        fact: 'subjects-count',
        value: 5,
        known: true,
        at: at('2026-11-20T03:00:00Z'),
        basis: 'log',
        step: null,
      },
    };
    const open = and(until(1), asking(decide));
    expect(words(and(until(1), asking(plan.phases[1]?.steps[0], decide)))).toEqual([
      'next step: Count the people affected',
      'to decide: Is a risk likely?',
    ]);
    expect(words(open)).toEqual(['to decide: Is a risk likely?']);
    expect(words(and(open, ...taken))).toEqual([]);
    expect(words(and(open, ...taken, counted))).toEqual([
      expect.stringMatching(/^DECIDE AGAIN decide-risk: /),
    ]);
  });
});

test.each(letters)('the letter %s names no duty that there is not', (letter) => {
  const known = new Set(
    Object.values(regulations).flatMap(({ obligations }) => obligations.map(({ id }) => id)),
  );
  const { duty, elements } = input(letter, withFacts({})).source;
  const named = elements.flatMap(({ from, otherwise }) =>
    [from, otherwise].flatMap((one) => (one !== undefined && 'submitted' in one ? [one.submitted] : [])),
  );
  expect([...(duty === undefined ? [] : [duty]), ...named].filter((id) => !known.has(id))).toEqual([]);
});
