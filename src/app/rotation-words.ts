import type { BackReport, RotationPlan, RotationReport } from './contract.ts';

/** The two ways to end a credential, and what is true where a rotation stopped: the same words on a screen and on the command line. */

export type WayToEnd = Readonly<{
  id: 'kill' | 'rotate';
  title: string;
  /** As the workspace declares them; null where nobody wrote them down. Nothing here is guessed. */
  minutes: number | null;
  radius: readonly string[];
}>;

const NOT_DECLARED = 'how long is not declared: `minutes` of its place in firebreak.yaml says it';

const about = (minutes: number | null): string =>
  minutes === null ? NOT_DECLARED : `about ${minutes} minutes, as declared`;

const byHandTail = ({ make, place }: RotationPlan): string => {
  const hands = [
    ...(make.byHand === null ? [] : ['to make it']),
    ...(place === null ? ['to put it in its place'] : []),
  ];
  return hands.length === 0 ? '' : `, and the time a person takes ${hands.join(' and ')}`;
};

export const waysToEnd = (plan: RotationPlan): readonly [WayToEnd, WayToEnd] => {
  const [target] = plan.kill.targets;
  const minutes = plan.place?.minutes ?? null;
  // A sentence of somebody's inventory stands in one of ours.
  const stops = (target?.stops ?? '').replace(/\.$/, '');
  const breaks = target?.preview?.breaks ?? [];
  return [
    {
      id: 'kill',
      title: 'Kill it now: the service is down',
      minutes,
      radius: [
        'Whoever has the leaked one is cut off at once.',
        `Stops: ${stops}. Until a new one is made and in its place: ${about(minutes)}${byHandTail(plan)}.`,
        ...breaks,
      ],
    },
    {
      id: 'rotate',
      title: `Rotate: ${minutes === null ? 'a new one first' : `about ${minutes} minutes`}${plan.make.endsOld ? '' : ', the service stays up'}`,
      minutes,
      radius: plan.make.endsOld
        ? [
            'Here the vendor ends the old one the moment the new one is made: the service is down from then until it has the new one.',
            `Stops for so long: ${stops}: ${about(minutes)}${byHandTail(plan)}.`,
          ]
        : [
            `Whoever has the leaked one can go on using it until the new one is proved: ${about(minutes)}${byHandTail(plan)}.`,
            'Nothing stops as long as the service takes the new one; where it is not proved, the old one is left alone.',
            ...(plan.make.preview?.breaks ?? []),
          ],
    },
  ];
};

const stageWord = {
  make: 'making the new one',
  place: 'putting it in its place',
  prove: 'proving it there',
  revoke: 'ending the old one',
  after: 'asking the service once more',
  done: 'done',
} as const;

/** What happens, in the order in which it does. */
export const courseLines = (plan: RotationPlan): readonly string[] => {
  const { make, place, kill, next, made } = plan;
  const [old] = kill.targets;
  const from = ['make', 'place', 'prove', 'revoke', 'after', 'done'].indexOf(next);
  const asked = place?.check ?? null;
  return [
    ...(from > 0
      ? [
          `It was begun before and goes on with ${stageWord[next]}${made === null || made === '' ? '' : `; the new one is ${made}`}.`,
        ]
      : []),
    make.byHand === null
      ? `1. make: ${make.title} (${make.action ?? ''})`
      : `1. make: BY HAND, ${make.byHand.why}`,
    ...(make.preview?.calls ?? []).map(
      (call) => `     call: ${call.method} ${call.url}${call.body === undefined ? '' : ` ${call.body}`}`,
    ),
    ...(make.preview?.warnings ?? []).map((text) => `     WARNING: ${text}`),
    ...(make.byHand === null
      ? []
      : [
          `     where: ${make.byHand.manual.where}`,
          ...make.byHand.manual.steps.map((step, i) => `     ${i + 1}. ${step}`),
        ]),
    place === null
      ? '2. place: BY HAND, a person puts it where the service reads it'
      : `2. place: ${place.title}: ${place.shut === null ? place.how : `BY HAND, ${place.shut}`}`,
    asked === null
      ? '3. prove: the vendor accepts it. WARNING: nothing says how to ask the service whether it works (`check` of its place)'
      : `3. prove: the vendor accepts it, and the service answers: ${asked}`,
    ...(asked === null || place?.tells !== false
      ? []
      : [
          '     the answer does not say which one the service works with: it is asked again when the old one is dead',
        ]),
    make.endsOld
      ? '4. end the old one: the vendor does so when the new one is made; that it is dead is proved'
      : `4. end the old one${wayOf(old)}, and prove it dead`,
  ];
};

const wayOf = (old: RotationPlan['kill']['targets'][number] | undefined): string => {
  if (old !== undefined && old.byHand !== null) return `: BY HAND, ${old.byHand.why}`;
  const action = old?.target.action ?? '';
  return action === '' ? '' : `: ${action}`;
};

const id = (made: string | null): string => (made === null || made === '' ? '' : ` (${made})`);

/** What stands, whatever failed. */
const still = ({ made, placed, oldDead }: RotationReport): readonly string[] => [
  oldDead
    ? 'The old one is dead, and that is proved.'
    : 'The old one was NOT ended: whoever has it can use it.',
  made === null
    ? 'There is no new one.'
    : `The new one${id(made)} is made${placed ? ' and may be in its place' : ', and is not in its place'}; it is kept, sealed, until this has ended.`,
];

const ways = ({ item, at, oldDead, state }: RotationReport, step: string | null): readonly string[] => {
  const again = `firebreak rotate ${item}${step === null ? '' : ` --step ${step}`}`;
  const onward =
    state === 'by-hand' && at === 'make'
      ? `${again}   and give the new one when you are asked for it`
      : state === 'by-hand' && at === 'place'
        ? `${again} --placed   once it is in its place`
        : `${again}   goes on with ${stageWord[at]}`;
  if (oldDead) return [onward];
  return [
    onward,
    ...(at === 'prove' || at === 'place' ? [`${again} --again   puts the new one in its place again`] : []),
    `${again} --back   puts the old one back and ends the new one`,
    step === null
      ? `firebreak revoke ${item}   kills the old one now`
      : `firebreak run ${step}   kills the old one now`,
  ];
};

/** Where a rotation stopped: why, what is still true, and the ways on. */
export const stoppedLines = (report: RotationReport, step: string | null): readonly string[] => [
  `STOPPED at ${stageWord[report.at]}: ${report.why}`,
  ...still(report).map((text) => `still true: ${text}`),
  ...ways(report, step).map((text) => `next: ${text}`),
];

export const doneLine = ({ item, made }: RotationReport): string =>
  `REPLACED: the new one for ${item}${id(made)} works in its place, and the old one is proved dead.`;

export const backLines = (report: BackReport, step: string | null): readonly string[] => {
  const again = `firebreak rotate ${report.item}${step === null ? '' : ` --step ${step}`} --back`;
  if (report.state !== 'back')
    return [
      `NOT BACK: ${report.why}`,
      'still true: the old one was NOT ended, and the new one is where it was put.',
      `next: ${again}${report.state === 'by-hand' ? ' --placed   once the old one is back in its place' : ''}`,
    ];
  return [
    'BACK: the old one is in use as before. It is still the leaked one: whoever has it can use it.',
    ...(report.service === null
      ? []
      : [
          `the service: ${report.service.is === 'proved' ? 'it answers' : `NOT PROVED, ${report.service.how}`}`,
        ]),
    ...(report.left === null
      ? []
      : [`still true: the new one${id(report.left)} lives: end it at the vendor.`]),
    `next: firebreak revoke ${report.item}   kills the old one now`,
  ];
};
