import { daysBetween } from '../../base/instant.ts';
import type { Issue } from '../../base/problem.ts';
import { parseSshKey } from '../../base/sshsig.ts';
import type { Company } from '../../model/company.ts';
import type { Contacts, Inventory } from '../../model/inventory.ts';
import { limits } from '../../model/limits.ts';
import { isSecretClass } from '../../model/retention.ts';
import { keepingIds, keepings } from '../../regulations/keeping.ts';
import type { Path, YamlFile } from '../yaml.ts';
import { findingsIn, onlyOnce } from './finding.ts';
import type { Findings, Vocabulary } from './finding.ts';
import { lintFound } from './found.ts';
import { lintGovernance } from './governance.ts';
import { lintWords } from './words.ts';

const rows = (key: string, list: readonly Readonly<{ id: string }>[]) =>
  list.map(({ id }, i) => ({ id, path: [key, i, 'id'] }));

/** `firebreak.yaml`: instances of connectors that exist, contacts that are there. */
export function lintCompany(yaml: YamlFile, company: Company, vocabulary: Vocabulary): readonly Issue[] {
  const findings = findingsIn(yaml);
  for (const [id, instance] of Object.entries(company.connectors)) {
    findings.reference(['connectors', id, 'uses'], 'connector', instance.uses, vocabulary.connectors);
  }
  lintAlerts(company, findings);
  lintBulletin(company, findings);
  lintAnchors(company, findings);
  onlyOnce(
    findings,
    'person',
    (company.people ?? []).map(({ handle }, i) => ({ id: handle, path: ['people', i, 'handle'] })),
  );
  // One key in two hands would let one person approve as the other.
  onlyOnce(
    findings,
    'key',
    (company.people ?? []).flatMap(({ keys = [] }, i) =>
      keys.map((text, j) => ({ id: parseSshKey(text)?.line ?? text, path: ['people', i, 'keys', j] })),
    ),
  );
  lintRetention(findings, company);
  for (const key of ['dpo', 'acquirer'] as const) {
    const id = company.organisation[key];
    const known = vocabulary.contacts?.contacts.map((contact) => contact.id);
    if (id !== undefined && known !== undefined)
      findings.reference(['organisation', key], 'contact in contacts.yaml', id, known);
  }
  return [...findings.issues, ...lintWords(yaml, 'unexpected')];
}

/** FB071: alerts that nobody could get. */
function lintAlerts({ alerts, connectors }: Company, findings: Findings): void {
  lintSlack(['alerts', 'slack', 'connector'], alerts?.slack?.connector, connectors, findings);
}

function lintSlack(
  path: Path,
  name: string | undefined,
  connectors: Company['connectors'],
  findings: Findings,
): void {
  if (name === undefined) return;
  findings.reference(path, 'connector in firebreak.yaml', name, Object.keys(connectors));
  if (Object.hasOwn(connectors, name) && connectors[name]?.uses !== 'slack')
    findings.error('FB071', path, `\`${name}\` is no connector of the kind slack`);
}

/** FB071: a line for managers that no manager could read. */
function lintBulletin({ bulletin, connectors }: Company, findings: Findings): void {
  if (bulletin === undefined) return;
  const { file, readable_by: by, slack } = bulletin;
  lintSlack(['bulletin', 'slack', 'connector'], slack?.connector, connectors, findings);
  if (file === undefined && slack === undefined)
    findings.error('FB071', ['bulletin'], 'nobody gets this line', 'name a `file`, or a channel as `slack`');
  if (file !== undefined && !file.startsWith('/'))
    findings.error('FB071', ['bulletin', 'file'], 'write the whole path, from the root');
  if (file === undefined && by !== undefined)
    findings.error('FB071', ['bulletin', 'readable_by'], 'there is no `file` that it could be about');
}

/** FB071: an anchor that could never hold a checkpoint, or that anybody on the way could answer for. */
function lintAnchors({ anchors = {}, connectors }: Company, findings: Findings): void {
  for (const [name, anchor] of Object.entries(anchors)) {
    const at = (key: string): Path => ['anchors', name, key];
    if ('slack' in anchor) {
      findings.reference(at('slack'), 'connector in firebreak.yaml', anchor.slack, Object.keys(connectors));
      if (Object.hasOwn(connectors, anchor.slack) && connectors[anchor.slack]?.uses !== 'slack')
        findings.error('FB071', at('slack'), `\`${anchor.slack}\` is no connector of the kind slack`);
    }
    if ('put' in anchor) {
      if ((anchor.access_key === undefined) !== (anchor.secret_key === undefined))
        findings.error('FB071', at('put'), 'an access key and its secret key go together');
      if (anchor.put.startsWith('http:'))
        findings.warning(
          'FB071',
          at('put'),
          'without TLS anybody on the way can answer for the store',
          'use https',
        );
    }
    if ('syslog' in anchor && (anchor.cert === undefined) !== (anchor.key === undefined))
      findings.error('FB071', at('syslog'), 'a certificate of our own and its key go together');
    if ('folder' in anchor && !anchor.folder.startsWith('/'))
      findings.error(
        'FB071',
        at('folder'),
        'write the whole path, from the root',
        'it must lie on another machine',
      );
  }
}

/** Duties of keeping that are known; fewer days than such a duty asks for are told, because the duty wins. */
function lintRetention(findings: Findings, { retention }: Company): void {
  for (const [i, id] of (retention?.keeps ?? []).entries()) {
    findings.reference(['retention', 'keeps', i], 'archive duty', id, keepingIds);
    const duty = keepings.find((one) => one.id === id);
    for (const name of duty?.classes ?? []) {
      const days = isSecretClass(name) ? undefined : retention?.days?.[name];
      if (duty !== undefined && days !== undefined && days < duty.days)
        findings.warning(
          'FB015',
          ['retention', 'days', name],
          `${id} asks to keep ${name} for ${duty.days} days, and that is what is done`,
          `write ${duty.days} or more, or take ${id} out of keeps`,
        );
    }
  }
}

/** `inventory.yaml`: ids once, references that lead somewhere, ranges the right way round. */
export function lintInventory(
  yaml: YamlFile,
  inventory: Inventory,
  vocabulary: Vocabulary,
): readonly Issue[] {
  const findings = findingsIn(yaml);
  const { channels, integrations, credentials, processors = [] } = inventory;
  // One name space, because a target, a note and a screen name a row by its id alone.
  onlyOnce(findings, 'id', [
    ...rows('channels', channels),
    ...rows('integrations', integrations),
    ...rows('credentials', credentials),
  ]);
  onlyOnce(findings, 'processor', rows('processors', processors));
  const opened = [...channels, ...integrations].map((row) => row.id);
  const referAction = (path: Path, action: string | undefined): void => {
    if (action !== undefined && !vocabulary.brokenRecipes.has(action.split('.')[0] ?? '')) {
      findings.reference(path, 'action', action, vocabulary.actions.keys());
    }
  };
  const known = {
    processor: processors.map((row) => row.id),
    connector: Object.keys(vocabulary.company?.connectors ?? {}),
    place: Object.keys(vocabulary.company?.places ?? {}),
  };
  const refer = (path: Path, what: string, name: string | undefined, all: readonly string[]): void => {
    if (name !== undefined) findings.reference(path, what, name, all);
  };
  for (const [i, row] of channels.entries()) {
    refer(['channels', i, 'processor'], 'processor', row.processor, known.processor);
    for (const key of ['people', 'records'] as const) lintCount(row[key], ['channels', i, key], findings);
  }
  for (const [i, row] of integrations.entries()) {
    refer(
      ['integrations', i, 'channel'],
      'channel',
      row.channel,
      channels.map((one) => one.id),
    );
    refer(['integrations', i, 'processor'], 'processor', row.processor, known.processor);
    refer(['integrations', i, 'connector'], 'connector in firebreak.yaml', row.connector, known.connector);
    for (const [j, id] of (row.feeds ?? []).entries())
      refer(['integrations', i, 'feeds', j], 'channel or integration', id, opened);
    for (const key of ['pause', 'revoke'] as const) referAction(['integrations', i, key], row[key]);
  }
  lintCredentials(credentials, { refer, referAction, opened, ...known });
  for (const [i, row] of processors.entries()) {
    refer(
      ['processors', i, 'contact'],
      'contact in contacts.yaml',
      row.contact,
      vocabulary.contacts?.contacts.map((one) => one.id) ?? [],
    );
  }
  lintFound(inventory, findings);
  lintGovernance(inventory, known.connector, findings);
  return [...findings.issues, ...lintWords(yaml, 'unexpected')];
}

type Refer = Readonly<{
  refer: (path: Path, what: string, name: string | undefined, all: readonly string[]) => void;
  referAction: (path: Path, action: string | undefined) => void;
  opened: readonly string[];
  connector: readonly string[];
  place: readonly string[];
}>;

function lintCredentials(
  credentials: Inventory['credentials'],
  { refer, referAction, opened, connector, place }: Refer,
): void {
  for (const [i, row] of credentials.entries()) {
    const at = (...rest: Path): Path => ['credentials', i, ...rest];
    for (const [j, id] of row.opens.entries()) refer(at('opens', j), 'channel or integration', id, opened);
    refer(at('connector'), 'connector in firebreak.yaml', row.connector, connector);
    refer(at('place'), 'place in firebreak.yaml', row.place, place);
    for (const key of ['make', 'revoke'] as const) referAction(at(key), row[key]);
  }
}

type CountRow = Inventory['channels'][number]['people'];

function lintCount(count: CountRow, path: Path, findings: Findings): void {
  if (count === undefined) return;
  if ((count.from ?? 0) > count.about || count.about > (count.to ?? Infinity)) {
    findings.error(
      'FB001',
      path,
      `about ${count.about} does not lie between ${count.from ?? 0} and ${count.to ?? 'any number'}`,
    );
  }
}

/** `contacts.yaml`: FB060 for a number that nobody has rung in half a year. `fictional`: an example's dates mean nothing. */
export function lintContacts(
  yaml: YamlFile,
  contacts: Contacts,
  vocabulary: Vocabulary,
  fictional: boolean,
): readonly Issue[] {
  const findings = findingsIn(yaml);
  onlyOnce(findings, 'contact', rows('contacts', contacts.contacts));
  for (const [i, contact] of contacts.contacts.entries()) {
    const age = daysBetween(contact.checked, vocabulary.today);
    const path = ['contacts', i, 'checked'];
    if (age === null) findings.error('FB060', path, 'this is not a date');
    else if (age > limits.contactStaleDays && !fictional) {
      findings.warning(
        'FB060',
        path,
        `nobody has rung \`${contact.id}\` for ${age} days`,
        'ring it and set the date',
      );
    }
  }
  return [...findings.issues, ...lintWords(yaml, 'expected')];
}
