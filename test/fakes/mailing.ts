import type { LetterDoor } from '../../src/app/letter-contract.ts';
import type { MergePreview } from '../../src/app/merge-contract.ts';
import type {
  LetterInDoubt,
  SendAsked,
  SendBar,
  SendDoor,
  SendPlan,
  Tally,
} from '../../src/app/send-contract.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Instant } from '../../src/base/instant.ts';
import type { Fresh } from '../../src/model/event.ts';

/** Merging in a world that answers by rule. */

/** `holds`: the merge or the sending goes on until somebody stops it. */
export type FakeMail = Readonly<{
  preview?: Partial<MergePreview>;
  holds?: boolean;
  /** Laid over the plan of a mailing. */
  plan?: Partial<SendPlan>;
  servers?: readonly string[];
}>;

/** The letter of the plan as somebody let it go. */
export const letGo: Fresh = {
  kind: 'letter.released',
  pub: {
    letter: 'gdpr-33',
    language: 'en',
    duty: 'gdpr.33-1',
    sha256: 'a'.repeat(64),
    at: 0 as never,
    missing: [],
    refused: [],
    override: false,
  },
};

const preview = (out: string): MergePreview => ({
  tally: { rows: 1240, written: 1236, rejected: 3, duplicates: 1 },
  whole: true,
  first: [
    { line: 2, to: 'orla.kelly@reader.example', language: 'en', salutation: 'Dear Orla Kelly,' },
    { line: 3, to: 'jonas.weber@reader.example', language: 'en', salutation: 'Dear reader,' },
  ],
  bad: [
    { line: 7, why: 'address is no e-mail address' },
    { line: 19, why: 'there is no letter in "it" that may go; there is en' },
    { line: 40, why: 'salutation has 4,000 characters; 1,000 is the most' },
    { line: 41, why: 'this address had its letter from a row above' },
  ],
  out,
  before: { is: 'nothing' },
});

const PROGRESS = { rows: 520, written: 518, rejected: 2, duplicates: 0, read: 42, size: 100 } as const;

/** Resolves at once, or where it holds when it is stopped: then it is not finished. */
const untilStopped = async (holds: boolean, stop: AbortSignal): Promise<boolean> => {
  if (!holds) return true;
  await new Promise<void>((resolve) => {
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  return false;
};

export const fakeMerging = (options: FakeMail = {}): Pick<LetterDoor, 'merge' | 'previewMerge'> => ({
  previewMerge: async ({ out }) => await Promise.resolve({ ...preview(out), ...options.preview }),
  merge: async ({ out, report }, heard, stop) => {
    heard({ ...PROGRESS, msSpent: 2000 });
    const finished = await untilStopped(options.holds ?? false, stop);
    const tally = finished ? preview(out).tally : PROGRESS;
    return {
      ...tally,
      finished,
      out,
      report,
      index: null,
      replaced: 0,
      bytes: 900_000,
      sha256: 'd'.repeat(64),
    };
  },
});

/** The letters to the list, and those to colleagues, as two merges left them. */
const MAILING = 'd'.repeat(64);
export const merged = (sha256 = MAILING, written = 1236, format = 'jsonl'): Fresh => ({
  kind: 'letters.merged',
  pub: {
    letter: 'gdpr-33',
    format,
    versions: { en: 'a'.repeat(64) },
    rows: written + 4,
    written,
    rejected: 3,
    duplicates: 1,
    bytes: 900_000,
    sha256,
    list_sha256: 'e'.repeat(64),
  },
  priv: {
    path: { class: 'staff', value: `/home/example/letters of the night.${format}` },
    list: { class: 'staff', value: '/home/example/people.csv' },
  },
});

const noSeed: SendBar = {
  rule: 'no-seed',
  why: 'nobody has seen these words arrive yet (en)',
  next: 'merge a list of colleagues and send it',
};
const notAgreed: SendBar = {
  rule: 'needs-approval',
  why: 'sending to people needs 2 others, and 0 have approved it',
  next: 'ask them',
};

const stand: Tally = { open: 1236, underway: 0, taken: 0, refused: 0, later: 0, unsure: 0 };
const AFTER: Tally = { open: 0, underway: 0, taken: 1230, refused: 3, later: 1, unsure: 2 };
const POSTED = { done: 1236, total: 1236, taken: 1230, refused: 3, later: 1, unsure: 2, msSpent: 60_000 };
const HALFWAY = { done: 309, total: 1236, taken: 306, refused: 1, later: 0, unsure: 2, msSpent: 15_000 };

const TITLE = 'letters 1236, through mail-notices';

export type MailParts = Readonly<{
  state: () => IncidentState;
  write: (...events: readonly Fresh[]) => void;
  clock: () => Instant;
}>;

const requestOf = ({ clock }: MailParts): Fresh => ({
  kind: 'approval.asked',
  pub: {
    step: 'send gdpr-33',
    action: 'letters.send',
    targets: [`mailing ${MAILING}`, TITLE],
    intended_sha256: 'f'.repeat(64),
    plan_sha256: 'b'.repeat(64),
    need: 2,
    expires_at: (clock() + 3_600_000) as Instant,
  },
  priv: { title: { class: 'staff', value: 'Send gdpr-33 to 1236 people' } },
});

const planOf = ({ state }: MailParts, { file, way }: SendAsked, over: Partial<SendPlan> = {}): SendPlan => {
  const seed = way.by === 'server' && way.to === 'seed';
  const asked = [...state().asked.values()].findLast(({ step }) => step === 'send gdpr-33');
  const given = (asked?.given ?? []).map(({ person }) => person);
  return {
    mailing: MAILING,
    file,
    letter: 'gdpr-33',
    languages: ['en'],
    drill: state().drill,
    to: seed ? 'seed' : 'list',
    server:
      way.by === 'hand'
        ? null
        : {
            name: 'mail-notices',
            address: 'smtp://mail.example.net:587',
            from: 'notices@example.net',
            atOnce: 4,
            perMinute: 600,
          },
    letters: 1236,
    stand,
    elsewhere: 0,
    leaves: 1236,
    approval: seed
      ? { need: 0, asked: null, given: [], could: [] }
      : { need: 2, asked: asked?.n ?? null, given, could: ['ben', 'cem'] },
    bars: seed ? [] : [noSeed, ...(given.length >= 2 ? [] : [notAgreed])],
    ...over,
  };
};

const lettersAt: Readonly<Record<string, readonly LetterInDoubt[]>> = {
  taken: [{ letter: 1, to: 'orla.kelly@reader.example', messageId: '<0a1b@example.net>' }],
  refused: [{ letter: 4, to: 'gone@reader.example', messageId: '<0a1c@example.net>' }],
  unsure: [
    { letter: 7, to: 'jonas.weber@reader.example', messageId: '<0a1d@example.net>' },
    { letter: 9, to: 'maria.lund@reader.example', messageId: '<0a1e@example.net>' },
  ],
};

const SENT = {
  mailing: MAILING,
  letter: 'gdpr-33',
  to: 'list',
  instance: 'mail-notices',
  letters: 1236,
  stand: AFTER,
  bounced: { lasting: 0, late: 0 },
  handed: false,
} as const;

export const fakeSending = (parts: MailParts, options: FakeMail = {}): SendDoor => {
  const plan: SendDoor['plan'] = async (asked) => await Promise.resolve(planOf(parts, asked, options.plan));
  return {
    plan,
    ask: async (asked) => {
      parts.write(requestOf(parts));
      return await plan(asked);
    },
    servers: async () => await Promise.resolve(options.servers ?? ['mail-notices']),
    readers: async () =>
      await Promise.resolve([{ letter: 1, to: 'Orla Kelly <orla.kelly@reader.example>', language: 'en' }]),
    send: async (asked, heard, stop) => {
      heard(HALFWAY);
      const whole = await untilStopped(options.holds ?? false, stop);
      return {
        ...(whole ? POSTED : HALFWAY),
        ended: whole ? 'whole' : 'stopped',
        why: null,
        plan: await plan(asked),
        stand: whole ? AFTER : { ...AFTER, open: 927, taken: 306, refused: 1, later: 0 },
      };
    },
    hand: async (asked) => {
      parts.write({
        kind: 'mail.handed',
        pub: { mailing: MAILING, count: 1236 },
        priv: { to: { class: 'staff', value: 'the provider' } },
      });
      return await plan(asked);
    },
    sent: async () => await Promise.resolve([SENT]),
    letters: async (_mailing, standing) => await Promise.resolve(lettersAt[standing] ?? []),
    settle: async () => await Promise.resolve(SENT),
    tryAgain: async () => await Promise.resolve(SENT),
    bounces: async () => await Promise.resolve({ messages: 4, recorded: 2, again: 1, other: 1 }),
  };
};
