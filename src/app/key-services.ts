import { fromBase64, toBase64 } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import type { Processes, RunResult } from '../io/process.ts';

/**
 * Keys that a service keeps, through its own command-line tool: AWS KMS and the transit engine of Vault. Nothing secret is ever
 * an argument: what goes in goes in through stdin, what comes out is read from stdout.
 */
export type Services = Readonly<{
  processes: Processes;
  files: Files;
  /** A folder of mode 0700 for a sealed blob that `aws` reads as a file. */
  folder: string;
}>;

/** Rounded up from what both tools take to give up on a network that is not there. */
const TIMEOUT_MS = 20_000;

/** A data key that KMS made: its clear text, and what KMS makes it from again. @throws Problem `remote-failed`, `not-installed` */
export const awsDataKey = async (
  { processes }: Services,
  key: string,
  id: string,
): Promise<Readonly<{ clear: Uint8Array; sealed: string }>> => {
  const args = ['kms', 'generate-data-key', '--key-id', key, '--key-spec', 'AES_256'];
  const ran = await processes.run({
    file: 'aws',
    args: [...args, '--encryption-context', contextOf(id), '--output', 'json'],
    timeoutMs: TIMEOUT_MS,
  });
  const { Plaintext: plaintext, CiphertextBlob: sealed } = answerOf('aws', ran);
  const clear = typeof plaintext === 'string' ? fromBase64(plaintext) : null;
  if (clear?.length !== 32 || typeof sealed !== 'string') throw failed('aws', 'it gave no data key');
  return { clear, sealed };
};

/** @throws Problem `remote-failed`, `not-installed` */
export const awsOpen = async (
  { processes, files, folder }: Services,
  key: string,
  id: string,
  sealed: string,
): Promise<Uint8Array> => {
  const blob = fromBase64(sealed);
  if (blob === null) throw failed('aws', 'key.json holds no sealed blob');
  // `aws` opens its input by path, and the pipe that Node gives a child cannot be opened so. What is in it is sealed.
  const path = `${folder}/aws-kms-${id}.blob`;
  files.writeAtomic(path, blob);
  const args = ['kms', 'decrypt', '--key-id', key, '--ciphertext-blob', `fileb://${path}`];
  try {
    const ran = await processes.run({
      file: 'aws',
      args: [...args, '--encryption-context', contextOf(id), '--output', 'json'],
      timeoutMs: TIMEOUT_MS,
    });
    const { Plaintext: plaintext } = answerOf('aws', ran);
    const clear = typeof plaintext === 'string' ? fromBase64(plaintext) : null;
    if (clear?.length !== 32) throw failed('aws', 'it gave no key of 32 bytes');
    return clear;
  } finally {
    files.wipe(path);
  }
};

/** Bound into what KMS seals, and told in its own log: which key was asked for. */
const contextOf = (id: string): string => `firebreak=${id}`;

/** `key` is `<mount>/<name>`, for example `transit/firebreak`. @throws Problem `remote-failed`, `not-installed` */
export const vaultSeal = async (services: Services, key: string, clear: Uint8Array): Promise<string> => {
  const { ciphertext } = await vault(services, 'encrypt', key, 'plaintext=-', toBase64(clear));
  if (typeof ciphertext !== 'string' || !ciphertext.startsWith('vault:'))
    throw failed('vault', 'it gave no ciphertext');
  return ciphertext;
};

/** @throws Problem `remote-failed`, `not-installed` */
export const vaultOpen = async (services: Services, key: string, sealed: string): Promise<Uint8Array> => {
  const { plaintext } = await vault(services, 'decrypt', key, 'ciphertext=-', sealed);
  const clear = typeof plaintext === 'string' ? fromBase64(plaintext) : null;
  if (clear?.length !== 32) throw failed('vault', 'it gave no key of 32 bytes');
  return clear;
};

const vault = async (
  { processes }: Services,
  what: 'encrypt' | 'decrypt',
  key: string,
  field: string,
  stdin: string,
): Promise<Readonly<Record<string, unknown>>> => {
  const [mount = '', name = ''] = key.split('/');
  const ran = await processes.run({
    file: 'vault',
    args: ['write', '-format=json', `${mount}/${what}/${name}`, field],
    stdin,
    timeoutMs: TIMEOUT_MS,
  });
  const { data } = answerOf('vault', ran);
  return record(data);
};

const answerOf = (tool: string, ran: RunResult): Readonly<Record<string, unknown>> => {
  if (!ran.started)
    throw new Problem('not-installed', {
      what: `the program ${tool}`,
      install: `install ${tool} and put it on the PATH`,
    });
  if (ran.timedOut) throw failed(tool, 'it did not answer in time');
  // Its own words may hold what it was given: the first line of stderr says what went wrong and no more.
  if (ran.exit !== 0) throw failed(tool, firstLine(ran.stderr) ?? `it ended with ${String(ran.exit)}`);
  try {
    return record(JSON.parse(ran.stdout));
  } catch {
    throw failed(tool, 'its answer is no JSON');
  }
};

const firstLine = (text: string): string | null =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim()
    .slice(0, 200) ?? null;

const failed = (tool: string, why: string): Problem => new Problem('remote-failed', { what: tool, why });

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
