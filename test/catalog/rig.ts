import type { Connectors } from '../../src/catalog/catalog.ts';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import type { CatalogInput } from '../../src/catalog/catalog.ts';
import type { Reader } from '../../src/catalog/load.ts';
import { connectors } from '../../src/connectors/index.ts';
import { StorageError } from '../../src/io/storage.ts';
import type { Issue } from '../../src/base/problem.ts';

/** Files in memory, by absolute path. */
const filesOf = (texts: Readonly<Record<string, string>>): Reader => ({
  readText: (path, maxBytes) => {
    const text = texts[path];
    if (text === undefined) throw new StorageError('missing', path, `${path}: missing`);
    if (text.length > maxBytes) throw new StorageError('too-large', path, `${path} is too large`);
    return text;
  },
  exists: (path) => Object.keys(texts).some((one) => one === path || one.startsWith(`${path}/`)),
  list: (path) => {
    const below = Object.keys(texts).filter((one) => one.startsWith(`${path}/`));
    const names = new Set(below.map((one) => one.slice(path.length + 1).split('/')[0] ?? ''));
    return [...names].toSorted().map((name) => {
      const text = texts[`${path}/${name}`];
      return { name, kind: text === undefined ? 'folder' : 'file', bytes: text?.length ?? 0, mode: 0o600 };
    });
  },
});

/** An installation that has nothing but a company, and a team's folder beside it. */
export const bare = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  '/tool/runbooks/_company/firebreak.yaml': company,
  '/tool/runbooks/_company/inventory.yaml': 'channels: []\nintegrations: []\ncredentials: []\n',
  '/tool/runbooks/_company/contacts.yaml': 'contacts: []\n',
  ...more,
});

export const company = `organisation:
  name: Small Shop
  country: IE
  zone: Europe/Dublin
  acts_as: controller
  takes_cards: false
connectors:
  meta-main: { uses: meta, secrets: { token: { env: META_TOKEN } } }
`;

export const load = async (texts: Readonly<Record<string, string>>, more: Partial<CatalogInput> = {}) =>
  await loadCatalog({
    files: filesOf(texts),
    packageRoot: '/tool',
    workspace: null,
    connectors: connectors as Connectors,
    today: '2026-11-20',
    ...more,
  });

/** As `lint` prints it: one finding a line. */
export const printed = (issues: readonly Issue[]): readonly string[] =>
  issues.map(
    ({ file, line, col, rule, severity, message, hint }) =>
      `${file}:${line}:${col}  ${rule}  ${severity}  ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );

/** A runbook of one phase around the given steps, in block style. */
export const runbookWith = (steps: string): string => `title: A small runbook
version: 1.0.0
summary: For a test.
severity: high
words: [test]
duties: []
reviewed: '2026-11-01'
phases:
  - id: contain
    title: Contain
    goal: It has stopped
    steps:
${steps}`;

export const step = (id: string, body: string, more = ''): string => `      - id: ${id}
        title: Look at the system
        why: To know.
        role: responder
        minutes: 5
        verify: It is known.
        fallback: Look by hand.
        serves: [gdpr:33]
${more}        ${body}
`;

export const doIt = 'do: { instruction: Look., record: what was seen }';
