import { join } from 'node:path';
import { trouble } from '../app/trouble.ts';
import { formatUtc } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { dataFolder } from '../io/environment.ts';
import { redactHeld } from '../io/redact.ts';
import type { World } from './context.ts';
import type { Failure } from './failure.ts';

/** What nobody foresaw: one sentence for the person, and the rest in a file with secrets masked. */
export function systemFailure(error: unknown, world: World): Failure {
  const note = writeNote(error, world);
  return {
    code: 'unexpected',
    exit: 1,
    ...trouble(error),
    details: note === null ? [] : [`Details: ${note}`],
  };
}

/** Null when there is no place for it: a full disk must not hide the first error behind a second. */
function writeNote(error: unknown, { files, clock, environment }: World): string | null {
  const home = dataFolder(environment.env, environment.platform);
  if (home === null) return null;
  const now = formatUtc(clock.now());
  const folder = join(home, 'crashes');
  const path = join(folder, `${now.replaceAll(/[:.]/g, '-')}.txt`);
  try {
    files.privateDir(folder);
    files.writeAtomic(path, maskSecrets(redactHeld(`${now}\n${traceOf(error)}\n`)).text);
    return path;
  } catch {
    return null;
  }
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const trace = error.stack ?? error.message;
  return error.cause === undefined ? trace : `${trace}\ncaused by: ${traceOf(error.cause)}`;
}
