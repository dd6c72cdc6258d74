import { APPROVAL_NAMESPACE, approvalText } from '../base/approval.ts';
import { fromHex, hmacSha256, toHex } from '../base/hash.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { parseSshKey, sshKeyOfSeed, signSshsig } from '../base/sshsig.ts';
import { refusal } from '../incident/approvals.ts';
import { mustBeHere } from '../incident/handed.ts';
import { mustBeAllowed } from '../incident/roles.ts';
import type { Deed } from '../incident/roles.ts';
import type { Processes } from '../io/process.ts';
import { encodeEntry } from '../journal/entry.ts';
import { kekFromPassphrase } from '../journal/seal.ts';
import type { Company } from '../model/company.ts';
import type { Fresh } from '../model/event.ts';
import type { SignWith, ToSign } from './contract.ts';
import type { IncidentParts } from './parts.ts';

/** People of the workspace, what they sign and with what, and the refusal of what is somebody else's to do. */

/** Who could act and approve, as they were when the incident was declared: handle and keys in public, names sealed. */
export const peopleEvents = (company: Company): readonly Fresh[] =>
  (company.people ?? []).map(({ handle, name, roles, keys = [] }) => ({
    kind: 'person.known',
    pub: {
      person: handle,
      roles: [...roles],
      keys: keys.flatMap((text) => parseSshKey(text)?.line ?? []),
    },
    priv: { name: { class: 'staff', value: name } },
  }));

/** The text of a request, or of an override that waits for its review, and the entry whose hash it names. */
export const toSign = ({ ledger, journal }: IncidentParts, n: number): ToSign => {
  ledger.refresh();
  const state = ledger.state();
  const found = state.asked.get(n) ?? state.overrides.find((one) => one.n === n);
  const [entry] = journal.entries(n);
  if (found === undefined || entry === undefined) throw refusal('no-such-request');
  return {
    n,
    is: state.asked.has(n) ? 'request' : 'override',
    step: found.step,
    text: approvalText(found.hash),
    namespace: APPROVAL_NAMESPACE,
    leaf: new TextDecoder().decode(encodeEntry(entry)),
  };
};

export const signed = async (
  parts: IncidentParts,
  n: number,
  person: string,
  how: SignWith,
): Promise<string> => {
  const { text } = toSign(parts, n);
  if (how.with === 'key') return await byKeygen(parts.world.processes, text, how);
  return signSshsig(seedOf(parts.frozen.company, person, how.passphrase), text, APPROVAL_NAMESPACE);
};

/** OpenSSH's own program asks for the passphrase on the terminal, speaks to the agent, or waits for a touch. */
const byKeygen = async (
  processes: Processes,
  text: string,
  { path, agent }: Extract<SignWith, { with: 'key' }>,
): Promise<string> => {
  const ran = await processes.run({
    file: 'ssh-keygen',
    args: ['-Y', 'sign', '-n', APPROVAL_NAMESPACE, '-f', path],
    stdin: text,
    ...(agent === null ? {} : { env: { SSH_AUTH_SOCK: agent } }),
  });
  if (!ran.started)
    throw new Problem('not-installed', { what: 'ssh-keygen', install: 'apt-get install openssh-client' });
  if (ran.exit === 0) return ran.stdout;
  const why = ran.timedOut ? 'ssh-keygen waited too long' : (ran.stderr.trim().split('\n').at(-1) ?? '');
  throw new Problem('not-authorised', {
    rule: 'no-signature',
    why: `ssh-keygen signed nothing with ${path}: ${why}`,
    next: 'give the private key, or its .pub file where the agent holds the private one',
  });
};

const MARK = 'firebreak-passphrase:';
const SALT_BYTES = 16;

/** A key that exists only while its passphrase is typed: argon2id makes it anew each time, and its line carries the salt. */
const seedFrom = (passphrase: string, salt: Uint8Array): Uint8Array =>
  hmacSha256(kekFromPassphrase(passphrase, salt), 'firebreak/approval-key/v1');

/** The line of such a key for `firebreak.yaml`. */
export const passphraseKey = (passphrase: string, random: (length: number) => Uint8Array): string => {
  const salt = random(SALT_BYTES);
  return `${sshKeyOfSeed(seedFrom(passphrase, salt)).line} ${MARK}${toHex(salt)}`;
};

/** @throws Problem `usage` where the person has no such key, `not-authorised` for another passphrase */
const seedOf = (company: Company, person: string, passphrase: string): Uint8Array => {
  const lines = company.people?.find(({ handle }) => handle === person)?.keys ?? [];
  const keys = lines.flatMap((text) => {
    const key = parseSshKey(text);
    const salt = key?.comment.startsWith(MARK) === true ? fromHex(key.comment.slice(MARK.length)) : null;
    return key === null || salt?.length !== SALT_BYTES ? [] : [{ line: key.line, salt }];
  });
  if (keys.length === 0)
    throw new Problem('usage', {
      why: `${person} has no key that a passphrase opens in firebreak.yaml`,
      next: `with a key of OpenSSH: firebreak approve <entry> --as ${person} --key ~/.ssh/id_ed25519`,
    });
  for (const { line, salt } of keys) {
    const seed = seedFrom(passphrase, salt);
    if (sshKeyOfSeed(seed).line === line) return seed;
  }
  throw new Problem('not-authorised', {
    rule: 'wrong-passphrase',
    why: `that is not the passphrase of ${person}`,
    next: 'type it again; nothing was approved',
  });
};

/** What is refused because of who asks is written down before the person is told. */
export const refusing = async <T>(
  { ledger }: IncidentParts,
  command: string,
  step: string | null,
  work: () => T | Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const rule = isProblem(error) && error.code === 'not-authorised' ? error.facts['rule'] : undefined;
    if (rule !== undefined && ledger.state().phase === 'open')
      await ledger.append([{ kind: 'command.refused', pub: { command, step, rule } }]);
    throw error;
  }
};

/** Whether this person may do it tonight, by the roles that were taken. @throws Problem `not-authorised` */
export const allowed = (parts: IncidentParts, deed: Deed, step: string | null): void => {
  mustBeHere(parts.ledger.state());
  parts.journal.noteJump();
  parts.ledger.refresh();
  mustBeAllowed(parts.ledger.state(), parts.actor, deed, step);
};
