import type { Json } from '../../src/base/canonical.ts';
import { parseInstant, type Instant } from '../../src/base/instant.ts';
import { countdown, type Options } from '../../src/incident/countdown.ts';
import type { FactView, Obligation, SubmissionView } from '../../src/model/obligation.ts';

export const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is no time`);
  return parsed;
};

export const tellAuthority: Obligation = {
  id: 'law.tell',
  regime: 'law',
  title: 'Tell the authority',
  owed_by: 'controller',
  to: 'the authority',
  starts: 'aware',
  provisional: true,
  ruled_out_by: [
    { fact: 'personal-data', is: 'no', why: 'no personal data' },
    { fact: 'risk-unlikely', is: 'yes', why: 'no risk' },
  ],
  period: { kind: 'hours', hours: 72 },
  threshold: 'a risk',
  elements: [],
  serves: [],
  source: 'the law',
  version: '1',
  effective_from: '2018-05-25',
  confidence: 'primary',
};
export const tellPeople: Obligation = {
  ...tellAuthority,
  id: 'law.people',
  starts: 'high-risk',
  ruled_out_by: [],
  period: { kind: 'none', wording: 'without undue delay' },
};
export const brandReport: Obligation = {
  ...tellAuthority,
  id: 'law.report',
  owed_by: 'context',
  starts: 'brand-told',
  provisional: false,
};

// The alert came at 02:14 in Dublin, in winter, so local time is UTC.
export const earliestAt = at('2026-11-20T02:14:00Z');
export const options: Options = { zone: 'Europe/Dublin', earliestAt, holidays: () => null };

export const fact = (value: Json, more: Partial<FactView> = {}): FactView => ({
  n: 7,
  at: at('2026-11-20T06:00:00Z'),
  known: true,
  value,
  ruledOut: false,
  ...more,
});
export const facts = (known: Readonly<Record<string, FactView>> = {}): ReadonlyMap<string, FactView> =>
  new Map(Object.entries(known));
export const submission = (submittedAt: string, more: Partial<SubmissionView> = {}): SubmissionView => ({
  submittedAt: at(submittedAt),
  proved: true,
  acknowledgedAt: null,
  phase: 1,
  ...more,
});
export const view = (
  duty: Obligation,
  known: Readonly<Record<string, FactView>>,
  now: string,
  sent?: SubmissionView,
  more: Partial<Options> = {},
) => countdown(duty, facts(known), new Map(sent && [[duty.id, sent]]), at(now), { ...options, ...more });
