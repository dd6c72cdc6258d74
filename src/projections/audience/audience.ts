import type { AudienceId } from '../../model/audience.ts';
import type { Tlp } from '../../model/tlp.ts';
import type { Matter, Subject } from './matter.ts';

/** Why something is not given to a reader. It stands in the place of what was taken out. */
export const reasons = ['privileged', 'personal', 'third-party', 'security'] as const;
export type Reason = (typeof reasons)[number];

export const withheldMark = (reason: Reason): string => `[withheld: ${reason}]`;

/** Who may read an export. One row says what they get; what it does not name as withheld is given. */
export type Audience = Readonly<{
  title: string;
  /** For the head of the document: what this reader is given. */
  gets: string;
  /** Formats that make sense for them, by id; `all` where nothing is taken out that a format could not say. */
  formats: readonly string[];
  tlp: Tlp;
  /** Only what the summary keeps. */
  starred: boolean;
  /** Rows that are withheld whole: number, kind, hash and time of writing stay. */
  rows: Partial<Readonly<Record<Subject, Reason>>>;
  /** Sealed texts that are withheld in rows which are given. */
  texts: Partial<Readonly<Record<Matter, Reason>>>;
  /** The facts that are given; others are withheld whole. Null: all. */
  facts: readonly string[] | null;
  /** People by name, or by the role they had. */
  people: 'names' | 'roles';
  /** Names and numbers of whom to ring. */
  contacts: boolean;
  /** Clocks that were agreed with somebody: they name the other side. */
  contracts: boolean;
  /** Addresses, telephone numbers and numbers of states are taken out of the texts. */
  identifiers: boolean;
  privileged: boolean;
}>;

const inside = {
  starred: false,
  rows: {},
  texts: {},
  facts: null,
  people: 'names',
  contacts: true,
  contracts: true,
  identifiers: true,
  privileged: false,
} as const;

const outside = {
  ...inside,
  people: 'roles',
  contacts: false,
  contracts: false,
  identifiers: false,
} as const;

const ROWS = ['timeline', 'timeline-html', 'md', 'csv', 'jsonl'] as const;

export const audiences: Readonly<Record<AudienceId, Audience>> = {
  manager: {
    ...inside,
    title: 'the incident manager',
    gets: 'everything but what was asked of counsel, who the people are that wrote to the company, and technical detail',
    formats: ['brief', 'handover', 'register', ...ROWS],
    tlp: 'amber',
    texts: { technical: 'security', person: 'personal' },
  },
  board: {
    ...outside,
    title: 'the board',
    gets: 'what the summary keeps: decisions with their reasons, duties, what was stopped; people by their roles',
    formats: ['brief', 'register', ...ROWS],
    tlp: 'amber+strict',
    starred: true,
    rows: { machine: 'security', requests: 'personal' },
    texts: { technical: 'security', person: 'personal', others: 'third-party' },
  },
  regulator: {
    ...outside,
    title: 'an authority',
    gets: 'what happened, who is affected, what was done, decided and submitted; people by their roles',
    formats: ['regulator-pack', 'register', ...ROWS],
    tlp: 'amber',
    // The person to be asked is a field of every form.
    contacts: true,
    rows: { machine: 'security', people: 'personal', requests: 'personal', calls: 'third-party' },
    texts: { technical: 'security', person: 'personal', others: 'third-party' },
  },
  acquirer: {
    ...outside,
    title: 'the acquirer, a card brand or its investigator',
    gets: 'window, entry, containment with its technical detail, counts and the evidence; people by their roles',
    formats: ['brief', 'timesketch', ...ROWS],
    tlp: 'amber',
    rows: { machine: 'security', people: 'personal', requests: 'personal', calls: 'third-party' },
    texts: { person: 'personal', others: 'third-party' },
  },
  insurer: {
    ...outside,
    title: 'the insurer',
    gets: 'first facts, what was done, what it cost and who was brought in; people by their roles',
    formats: ['brief', ...ROWS],
    tlp: 'amber',
    rows: { machine: 'security', people: 'personal', requests: 'personal' },
    texts: { technical: 'security', person: 'personal' },
  },
  counsel: {
    ...inside,
    title: 'counsel',
    gets: 'everything, with what is marked privileged',
    formats: ['brief', 'handover', 'register', 'regulator-pack', 'iris', 'timesketch', 'ocsf', ...ROWS],
    tlp: 'red',
    privileged: true,
  },
  public: {
    ...outside,
    title: 'the public',
    gets: 'that it happened, when it was known, how many people and which kinds of data, and what was notified',
    formats: ROWS,
    tlp: 'clear',
    rows: {
      steps: 'security',
      acts: 'security',
      notes: 'security',
      evidence: 'security',
      machine: 'security',
      drill: 'security',
      decisions: 'security',
      letters: 'security',
      people: 'personal',
      requests: 'personal',
      calls: 'third-party',
    },
    texts: {
      words: 'security',
      opinion: 'security',
      technical: 'security',
      person: 'personal',
      others: 'third-party',
    },
    facts: ['aware', 'earliest-sign', 'subjects-count', 'records-count', 'data-categories', 'high-risk'],
  },
};

/** Where nobody named an audience: the full copy, but for what was marked as privileged. */
export const everything: Audience = {
  ...inside,
  title: 'whoever has the full copy',
  gets: 'everything but what is marked privileged',
  formats: [],
  tlp: 'amber',
};
