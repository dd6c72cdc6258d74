import { severity, type Severe } from '../severity.ts';
import { readFactors, saysOf, type Factor, type Facts } from './factors.ts';
import { notesOf, type Note } from './notes.ts';
import { handsOf, levels, losing, lossOf, reading, worst, type Level } from './risk.ts';
import { findingsOf } from './score.ts';

/** One piece of advice with both sides of it. It advises; a named person decides. */
export type Point = Readonly<{ yes: boolean; because: readonly string[]; against: readonly string[] }>;

export type Assessment = Readonly<{
  document: Point;
  authority: Point;
  people: Point;
  severity: Severe;
  /** What is not known and therefore counts as its worst, in words; `decisive` are those that alone could change the advice. */
  unknown: readonly Readonly<{ factor: Factor; text: string; decisive: boolean }>[];
  warnings: readonly string[];
}>;

/**
 * Whether a breach is to be recorded, notified to the authority (GDPR 33) and told to the people (GDPR 34), from its factors, in
 * the spirit of EDPB Guidelines 01/2021 and 9/2022. What is not known counts as its worst, so that learning more can lower the
 * advice and never raise it. The ENISA score stands beside it and decides nothing.
 */
export function assess(factors: Readonly<Record<string, unknown>>): Assessment {
  const { facts, unknown, warnings } = readFactors(factors);
  const scored = severity(findingsOf(facts));
  const level = levelOf(facts);
  const open = openQuestions(facts, unknown).map((factor) => ({
    factor,
    text: `it is not known ${saysOf(factor)}; it counts as the worst`,
    decisive: levels.indexOf(atBest(facts, factor)) < levels.indexOf(level),
  }));
  const known = new Set(notesOf(withBest(facts, unknown)).map(({ text }) => text));
  const asked = {
    scored,
    rules: rulesOf(facts, unknown),
    notes: notesOf(facts).filter(({ text }) => known.has(text)),
    unknown: open.map(({ text }) => text),
  };
  return {
    document: {
      yes: true,
      because: [
        'the register is owed for every breach whatever the risk (GDPR 33(5)), with the reasons for not notifying',
      ],
      against: ['nothing, unless no personal data were hit; then it is no personal data breach'],
    },
    authority: point('authority', level !== 'record', asked),
    people: point('people', level === 'people', asked),
    severity: scored,
    unknown: open,
    warnings,
  };
}

const withBest = (facts: Facts, factors: readonly Factor[]): Facts => ({
  ...facts,
  ...Object.fromEntries(factors.flatMap((one) => (Object.hasOwn(best, one) ? [[one, best[one]]] : []))),
});

/** A rule that asks for more than it would if all that is not known had turned out well is said to: it states nothing as found. */
const rulesOf = (facts: Facts, unknown: readonly Factor[]): Asked['rules'] =>
  [reading, losing].map((rule) => {
    const found = rule(facts);
    const surely = rule(withBest(facts, unknown)).text === found.text;
    return surely ? found : { ...found, text: `${COUNTED}${found.text}` };
  });
const COUNTED = 'as long as nobody knows better: ';

const levelOf = (facts: Facts): Level => worst(levels, [reading(facts).level, losing(facts).level], 'record');

/** What each factor would be if it turned out well. */
const best: Partial<Facts> = {
  exfiltration: false,
  data_unintelligible: true,
  key_compromised: false,
  special_categories: false,
  financial: false,
  national_id: false,
  vulnerable: false,
  identifiable: 'low',
  data: 'basic_contact',
  subjects: { least: 1, most: 1 },
  malicious: false,
  social_engineering: false,
  accounts_entered: { least: 0, most: 0 },
  undetected_days: { least: 0, most: 0 },
  recipient: 'trusted_professional_secrecy',
  recipient_count: { least: 1, most: 1 },
  deletion_confirmed: true,
  remote_wipe: true,
  device: 'unsaid',
  medium: 'unsaid',
  backup: 'available',
  restore_hours: { least: 0, most: 0 },
  service_impact: 'none',
};

const atBest = (facts: Facts, factor: Factor): Level => levelOf(withBest(facts, [factor]));

/** Unknown factors that play a part, and two that nobody mentioned and that everything hangs on. */
function openQuestions(facts: Facts, unknown: readonly Factor[]): readonly Factor[] {
  const played = unknown.filter((factor) => {
    if (factor === 'data_unintelligible') return handsOf(facts) !== 'none';
    if (factor === 'backup') return lossOf(facts) !== 'none';
    return true;
  });
  const silent: readonly Factor[] = [
    ...(facts.exfiltration === 'unsaid' &&
    facts.recipient === 'unsaid' &&
    facts.device === 'unsaid' &&
    handsOf(facts) !== 'none'
      ? (['exfiltration'] as const)
      : []),
    ...(facts.data_unintelligible && facts.key_compromised === 'unsaid' && !facts.remote_wipe
      ? (['key_compromised'] as const)
      : []),
  ];
  return [...played, ...silent];
}

type Asked = Readonly<{
  scored: Severe;
  rules: readonly Readonly<{ level: Level; text: string }>[];
  /** What is known to speak for or against risk: what only counts at its worst is among `unknown`. */
  notes: readonly Note[];
  unknown: readonly string[];
}>;

const CLOSING = {
  authority: {
    yes: 'where a risk is unlikely no notice is owed (GDPR 33(1)); if that can be shown later, say so to the authority in a further phase (33(4))',
    no: 'a fact learned later can change this; the 72 hours run from awareness meanwhile',
  },
  people: {
    yes: 'none is owed where the data were unreadable, later measures removed the high risk, or a public notice must do (GDPR 34(3))',
    no: 'people can protect themselves only if they know; telling them is never forbidden, and the authority can order it (GDPR 34(4))',
  },
} as const;

/** The rule that asks for it first, then what speaks for the answer; against it what speaks for the other one. */
function point(level: 'authority' | 'people', yes: boolean, { scored, rules, notes, unknown }: Asked): Point {
  const reach = levels.indexOf(level);
  const asking = rules.filter((rule) => levels.indexOf(rule.level) >= reach);
  const textsOf = (speaks: 'risk' | 'calm'): readonly string[] =>
    notes.filter((note) => note.speaks === speaks).map(({ text }) => text);
  const high = scored.band === 'high' || scored.band === 'very-high';
  const score = `the ENISA score is ${(scored.points / 100).toFixed(2)}, ${scored.band}`;
  return yes
    ? {
        yes,
        because: [...asking.map(({ text }) => text), ...textsOf('risk'), ...unknown],
        against: [...textsOf('calm'), ...(scored.band === 'low' ? [score] : []), CLOSING[level].yes],
      }
    : {
        yes,
        because: [...rules.map(({ text }) => text), ...textsOf('calm')],
        against: [...textsOf('risk'), ...unknown, ...(high ? [score] : []), CLOSING[level].no],
      };
}
