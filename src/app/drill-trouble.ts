/** What can go wrong with drills, in words; the shape is that of `trouble.ts`. */

type Fact = (name: string, otherwise?: string) => string;
type Words = Readonly<{
  failed: (fact: Fact) => string;
  still: string;
  next: (fact: Fact) => readonly string[];
}>;

const whyTail = (fact: Fact): string => (fact('why') === '' ? '' : `: ${fact('why')}`);

export const drillProblems = {
  'drill-overdue': {
    failed: (fact) => `overdue: ${fact('what', 'a drill')}`,
    still:
      'runbooks and journals are as they were; a drill held late counts from the day on which it is held.',
    next: (fact) => [fact('next', 'firebreak drill status shows what is due')],
  },
  'drill-unmapped': {
    failed: (fact) =>
      `the scenario of ${fact('runbook', 'this runbook')} has no place in your own inventory${whyTail(fact)}`,
    still: 'no drill was begun, and nothing of yours was touched.',
    next: (fact) => [
      'say in drills.yaml of the workspace what of yours stands for it (firebreak help drills)',
      `or write a scenario of your own: firebreak drill new ${fact('runbook', '<runbook>')}`,
      `or play it in the built-in company: firebreak drill run ${fact('runbook', '<runbook>')} --company built-in`,
    ],
  },
  'drill-not-passed': {
    failed: (fact) =>
      `the drill was not passed${fact('step') === '' ? '' : `, step ${fact('step')}`}${whyTail(fact)}`,
    still: 'it was a drill: nothing live was reached. Its journal and timeline are kept.',
    next: () => ['the scorecard above says what was missed; play it again with the same --seed'],
  },
} as const satisfies Readonly<Record<string, Words>>;
