import type { Backstage, Directing, Seat } from '../../src/app/contract.ts';

/** A drill on its twelfth minute: one message late, one next, one held, one left out, one that only a wrong move brings. */
const message = (id: string, over: Partial<Backstage['queue'][number]>): Backstage['queue'][number] => ({
  id,
  state: 'waiting',
  minute: 20,
  channel: 'phone',
  from: 'The payment provider',
  to: 'pci',
  body: 'Fourteen cases of fraud, and you are what they have in common.',
  artifact: null,
  expect: [],
  within: null,
  condition: null,
  note: null,
  ...over,
});

export const fakeBackstage: Backstage = {
  drill: 'drill-01HERON',
  runbook: 'widget-card-skimming',
  title: 'The bubble that counted cards',
  minute: 12.4,
  now: Date.parse('2026-11-20T02:22:00Z'),
  speed: 1,
  paused: false,
  over: null,
  truth: 'The host of the widget served an altered loader for 31 hours. No server of the shop was touched.',
  players: { step: 'save-bytes', title: 'Save what the page serves', done: 3, total: 19, acknowledged: 1.2 },
  lately: [
    { minute: 11.8, who: 'ada', what: 'Noted: the alert was muted on Tuesday' },
    { minute: 9, who: 'ben', what: 'Step done: Write down what was reported' },
    { minute: 1.2, who: 'ada', what: 'The page was acknowledged' },
  ],
  queue: [
    message('script-changed', {
      state: 'arrived',
      minute: 0,
      channel: 'tool',
      from: 'Change detection',
      to: 'responder',
      body: 'A script on the payment page changed 31 hours ago.',
      expect: [
        { step: 'report', done: true },
        { step: 'save-bytes', done: false },
      ],
      within: 10,
    }),
    message('what-to-cut', {
      minute: 15,
      channel: 'chat',
      from: 'The operations desk',
      to: 'commander',
      body: 'We can take the tag out, block it by policy, or take the checkout down. Which?',
      artifact: 'options.txt',
      expect: [{ step: 'choose-cut', done: false }],
      within: 10,
      note: 'The chat goes off everywhere, not on the payment page alone.',
    }),
    message('fraud-reports', { minute: 20, state: 'held' }),
    message('rebuild-tonight', { minute: 45, state: 'skipped', from: 'The finance chief', to: 'commander' }),
    message('cache-purged', { minute: null, state: 'conditional', condition: 'after removed-first' }),
  ],
  traps: [
    {
      id: 'removed-first',
      says: 'The tag was removed before it was saved',
      instead: 'Save it first',
      points: 5,
      sprung: null,
    },
    {
      id: 'only-cards',
      says: 'It was taken for cards alone',
      instead: 'Assess the people too',
      points: 2,
      sprung: 8,
    },
  ],
  attackers: [
    {
      id: 'collector',
      says: 'The altered loader reaches a visitor who pays',
      gets_in: true,
      tries: 14,
      taken: 320,
      unit: 'cards',
    },
    {
      id: 'console',
      says: 'The old key opens the console',
      gets_in: false,
      tries: 3,
      taken: 0,
      unit: 'records',
    },
  ],
  clocks: [
    {
      duty: 'pci.visa',
      title: 'Report to Visa',
      standing: 'provisional',
      due: Date.parse('2026-11-23T02:10:00Z'),
    },
    {
      duty: 'gdpr.33-1',
      title: 'Notify the authority',
      standing: 'overdue',
      due: Date.parse('2026-11-20T02:00:00Z'),
    },
  ],
  lost: ['cdn-lrh'],
  slept_minutes: 4,
  assists: 1,
};

export type FakeSeat = Seat & Readonly<{ directed: readonly Directing[] }>;

/** What is asked for is written down and nothing comes of it. */
export const fakeSeat = (
  page: () => Backstage = () => fakeBackstage,
  fails: () => Error | null = () => null,
): FakeSeat => {
  const directed: Directing[] = [];
  const answer = <T>(value: T): Promise<T> => {
    const error = fails();
    return error === null ? Promise.resolve(value) : Promise.reject(error);
  };
  return {
    drill: fakeBackstage.drill,
    directed,
    page: async () => await answer(page()),
    direct: async (direction) => {
      await answer(null);
      directed.push(direction);
      return `Directed: ${direction.do}.`;
    },
    leave: () => {},
  };
};
