import { formatLocal, instant, type Instant } from '../../src/base/instant.ts';
import type {
  OpenDrill,
  RenderAsked,
  RenderedPaper,
  RunbookSummary,
  Scorecard,
} from '../../src/app/contract.ts';
import type { MergeAsked, MergeReport } from '../../src/app/merge-contract.ts';
import type { LetterDraft } from '../../src/letters/draft.ts';
import type { Contact, Inventory } from '../../src/model/inventory.ts';
import type { WhoAbout } from '../../src/projections/who.ts';

/** What the fake company has: numbers, tokens, people to ring, a letter half written. */

export const START = instant(Date.parse('2026-11-20T01:14:00Z'));
export const ZONE = 'Europe/Dublin';

export const items = [
  { id: 'wa-number-1', title: 'WhatsApp number, support', kind: 'channel' },
  { id: 'wa-number-2', title: 'WhatsApp number, sales', kind: 'channel' },
  { id: 'wa-account', title: 'WhatsApp Business account', kind: 'integration' },
  { id: 'chat-relay', title: 'Chat relay', kind: 'integration' },
  { id: 'crm-sync', title: 'CRM sync', kind: 'integration' },
  { id: 'wa-system-user-token', title: 'WhatsApp system user token', kind: 'credential' },
] as const;

const nells = { owner: 'Nell Quinn' };
export const inventory: Inventory = {
  channels: items
    .filter(({ kind }) => kind === 'channel')
    .map(({ id, title }) => ({
      ...nells,
      id,
      title,
      medium: 'whatsapp',
      holds: ['transcripts'],
      data: ['contact'],
    })),
  integrations: items
    .filter(({ kind }) => kind === 'integration')
    .map(({ id, title }) => ({ ...nells, id, title, stops: 'customers get no answer' })),
  credentials: items
    .filter(({ kind }) => kind === 'credential')
    .map(({ id, title }) => ({
      ...nells,
      id,
      title,
      kind: 'credential',
      opens: [],
      stops: 'all of WhatsApp',
    })),
};

export const contacts: readonly Contact[] = [
  {
    id: 'dpo',
    name: 'Mary Byrne',
    duty: 'data protection officer',
    phone: '+353 1 555 0142',
    hours: 'day and night',
    checked: '2026-10-02',
    for: ['gdpr.33-1'],
  },
  {
    id: 'meta-support',
    name: 'Meta business support',
    duty: 'account takeover',
    phone: '+353 1 555 0199',
    checked: '2026-01-02',
    for: ['responder'],
  },
];

export const ringing = (calls: WhoAbout['calls'], now: Instant): WhoAbout => ({
  organisation: { country: 'IE', takes_cards: true, dpo: 'dpo', acquirer: null },
  contacts,
  places: [],
  providers: ['meta-support'],
  calls,
  drill: false,
  today: formatLocal(now, ZONE, 'date'),
});

export const runbooks: readonly RunbookSummary[] = [
  {
    id: 'leaked-whatsapp-token',
    title: 'Leaked WhatsApp Business token',
    summary: 'A token that opens the WhatsApp Business account was seen outside.',
    severity: 'high',
    words: ['whatsapp', 'token', 'leak', 'meta'],
    steps: 20,
  },
  {
    id: 'widget-card-skimming',
    title: 'Card skimming in the chat widget',
    summary: 'A script in the chat widget reads card data.',
    severity: 'critical',
    words: ['card', 'skimming', 'widget', 'script', 'payment'],
    steps: 31,
  },
  {
    id: 'unknown-chat-breach',
    title: 'Something is wrong with chat',
    summary: 'Nobody knows yet what it is: walk the inventory outward.',
    severity: 'high',
    words: ['unknown', 'strange', 'odd'],
    steps: 24,
  },
];

export const letter = (drill: boolean): LetterDraft => ({
  letter: 'gdpr-33',
  title: 'Notification to the authority',
  to: 'authority',
  duty: 'gdpr.33-1',
  language: 'en',
  subject: 'Personal data breach at Example Ltd',
  elements: [
    {
      id: 'nature',
      title: 'Nature of the breach',
      article: 'Art. 33(3)(a)',
      value: 'A token that opens the WhatsApp account was published.',
      status: 'known',
      required: true,
      entries: [4],
    },
    {
      id: 'count',
      title: 'Approximate number of people',
      article: 'Art. 33(3)(a)',
      value: 'Not yet known, will follow',
      status: 'follows',
      required: true,
      entries: [],
    },
    {
      id: 'consequences',
      title: 'Likely consequences',
      article: 'Art. 33(3)(c)',
      value: null,
      status: 'missing',
      required: true,
      entries: [],
    },
  ],
  missing: ['Art. 33(3)(c) Likely consequences'],
  follows: ['Art. 33(3)(a) Approximate number of people'],
  complete: false,
  avoid: ['wa-number-1'],
  markdown: '# Notification',
  html: '<h1>Notification</h1>',
  text: 'Notification\n\nA token that opens the WhatsApp account was published.',
  sha256: 'a'.repeat(64),
  watermark: drill ? 'DRILL' : null,
  stamp: drill ? 'DRILL' : null,
  body: [],
});

const rendered = (asked: RenderAsked): RenderedPaper => ({
  format: asked.format,
  language: asked.language ?? 'en',
  name: `heron.${asked.format}`,
  bytes: new TextEncoder().encode('A letter.\n'),
  sha256: 'c'.repeat(64),
  text: asked.format !== 'pdf' && asked.format !== 'docx',
  complete: true,
  missing: [],
  replaced: [],
});

const untried = async (): Promise<never> => await Promise.reject(new Error('no letter leaves here'));

export const fakePapers = {
  mail: {
    plan: untried,
    ask: untried,
    send: untried,
    hand: untried,
    servers: untried,
    readers: untried,
    sent: untried,
    letters: untried,
    settle: untried,
    tryAgain: untried,
    bounces: untried,
  },
  paper: async (asked: RenderAsked) => await Promise.resolve(rendered(asked)),
  writePaper: async (asked: RenderAsked, out: string | null = null) =>
    await Promise.resolve({ ...rendered(asked), path: out ?? `/home/example/exports/heron.${asked.format}` }),
  merge: async ({ out, report }: MergeAsked): Promise<MergeReport> =>
    await Promise.resolve({
      rows: 3,
      written: 2,
      rejected: 1,
      duplicates: 0,
      finished: true,
      out,
      report,
      index: null,
      replaced: 0,
      bytes: 900,
      sha256: 'd'.repeat(64),
    }),
};

export const score: Scorecard = {
  passed: true,
  seed: 7,
  measures: [{ id: 'contain', title: 'Time to contain', value: '4 min', target: '10 min', met: true }],
  ends: [{ id: 'dead', says: 'The token is refused', holds: true }],
  traps: [],
  attacks: [],
  stopped: null,
  notMeasured: [],
  untested: [],
};

/** What a drill tells: its first message, which nobody answers. */
export const fakeMessages = (
  now: () => Instant,
): Pick<OpenDrill, 'injects' | 'artifact' | 'acknowledge' | 'over' | 'notices' | 'truth' | 'realEvent'> => ({
  injects: () => [
    {
      id: 'first',
      at: now(),
      channel: 'pager',
      from: 'scanner',
      to: 'responder',
      body: 'A token of the WhatsApp account is public.',
      artifact: null,
    },
  ],
  artifact: () => null,
  truth: 'A notebook held the token.',
  over: () => null,
  notices: () => [],
  acknowledge: async () => {},
  realEvent: async () => {},
});
