import { isProblem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import type { PlaceCheck, PlaceRow } from '../model/place.ts';
import type { Files } from './files.ts';
import { NetworkError } from './http.ts';
import type { Http } from './http.ts';
import type { Keychain } from './keychain.ts';
import type { Processes, RunResult } from './process.ts';
import type { Secret } from './secrets.ts';
import { StorageError } from './storage.ts';

/** Puts a new credential where a service reads it, and asks the service whether it works. Says nothing that a program printed. */
export interface Places {
  /** Done again it does the same. `unknown`: it may be there. */
  put(name: string, place: PlaceRow, secret: Secret, signal: AbortSignal): Promise<Put>;
  /** `id`: the vendor's name for the credential that the service should be working with. Only reads. */
  check(name: string, check: PlaceCheck, id: string, signal: AbortSignal): Promise<Checked>;
}

export type Put = Readonly<{ is: 'put' | 'refused' | 'unknown'; how: string }>;
export type Checked = Readonly<{ is: 'answers' | 'silent' | 'unknown'; how: string; http?: number }>;

const ended = (ran: RunResult, file: string): string => {
  if (!ran.started) return `${file} could not be started`;
  if (ran.timedOut) return `${file} did not end in time`;
  return ran.exit === null ? `${file} was ended by a signal` : `${file} ended with exit code ${ran.exit}`;
};

const byCommand = async (
  processes: Processes,
  [file = '', ...args]: readonly string[],
  secret: Secret,
  signal: AbortSignal,
): Promise<Put> => {
  const ran = await processes.run({ file, args, stdin: secret.use(), signal });
  const how = ended(ran, file);
  if (ran.exit === 0) return { is: 'put', how };
  return { is: ran.started && ran.exit === null ? 'unknown' : 'refused', how };
};

/** What cannot be written is said without what was to be written. */
const guarded = async (what: string, work: () => Promise<void> | void): Promise<Put> => {
  try {
    await work();
    return { is: 'put', how: `${what} holds it` };
  } catch (error) {
    if (error instanceof StorageError) return { is: 'refused', how: `${what}: ${error.message}` };
    if (isProblem(error))
      return { is: 'refused', how: `${what}: ${error.facts['why'] ?? error.facts['install'] ?? error.code}` };
    throw error;
  }
};

const answerOf = async (
  http: Http,
  { url, says }: Extract<PlaceCheck, { url: string }>,
  id: string,
  signal: AbortSignal,
): Promise<Checked> => {
  try {
    const response = await http.fetch(url, { method: 'GET', signal });
    const text = (await response.text()).slice(0, limits.commandOutputBytesMax);
    const { status } = response;
    const asked = `GET ${new URL(url).host} answered ${status}`;
    if (!response.ok) return { is: 'silent', how: asked, http: status };
    const wanted = says?.replaceAll('{id}', id);
    return wanted === undefined || text.includes(wanted)
      ? { is: 'answers', how: asked, http: status }
      : { is: 'silent', how: `${asked}, without the words that show the new one`, http: status };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { is: 'silent', how: `GET ${new URL(url).host}: ${error.message}` };
  }
};

export const systemPlaces = (
  parts: Readonly<{ files: Files; processes: Processes; keychain: Keychain; http: Http }>,
): Places => ({
  async put(_name, { put }, secret, signal) {
    if ('command' in put) return await byCommand(parts.processes, put.command, secret, signal);
    if ('file' in put)
      return await guarded(`the file ${put.file}`, () => parts.files.writeAtomic(put.file, secret.use()));
    return await guarded(
      `the keychain entry ${put.keychain}`,
      async () => await parts.keychain.write(put.keychain, put.keychain, secret.use()),
    );
  },
  async check(_name, check, id, signal) {
    if ('url' in check) return await answerOf(parts.http, check, id, signal);
    const [file = '', ...args] = check.command;
    const ran = await parts.processes.run({ file, args, signal });
    const how = ended(ran, file);
    if (ran.exit === 0) return { is: 'answers', how };
    return { is: ran.started ? 'silent' : 'unknown', how };
  },
});
