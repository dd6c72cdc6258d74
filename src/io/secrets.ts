import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { Problem } from '../base/problem.ts';
import type { SecretRef } from '../model/secret.ts';
import type { Keychain } from './keychain.ts';
import { limits } from '../model/limits.ts';
import { letGo } from './process.ts';
import { hold } from './redact.ts';

/** Of this process alone: a tag tells two secrets apart in one run, and is of no use to whoever guesses. */
const tagKey = randomBytes(32);

/** A secret value that no printing, logging or serialising can show: it reads `[secret:<8 hex>]`. `use` is the only way to the text. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    hold(value);
  }

  use(): string {
    return this.#value;
  }

  toString(): string {
    const tag = createHmac('sha256', tagKey).update(this.#value).digest('hex').slice(0, 8);
    return `[secret:${tag}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** Where secrets come from. Resolved at the moment of use; `known` feeds the redaction of everything that leaves. */
export interface Secrets {
  /** Throws Problem `missing-secret` naming the reference, never a value. */
  resolve(ref: SecretRef, name: string): Promise<Secret>;
  known(): readonly string[];
  /** Also redact this value (a leaked credential typed by a person). */
  remember(value: string): void;
}

const trimmed = (text: string): string => text.replace(/\r?\n$/, '');

const fromFile = (path: string, name: string): string => {
  const refuse = (why: string): Problem => new Problem('missing-secret', { name, ref: `file ${path}`, why });
  let file: number | null = null;
  try {
    // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(file);
    if (!found.isFile()) throw refuse('it is not a file');
    if ((found.mode & 0o077) !== 0) throw refuse('others can read the file; chmod 600 it');
    if (found.size > limits.secretBytesMax) throw refuse('it is too long to be a secret');
    return trimmed(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw refuse('the file cannot be read');
  } finally {
    if (file !== null) closeSync(file);
  }
};

/** What a password manager's program gets: the person's own environment without the secrets of other systems in it. */
const withoutSecrets = (env: Env, taken: ReadonlySet<string>): Env =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !taken.has(name) && !(OURS.test(name) && !HARMLESS.has(name))),
  );
type Env = Readonly<Record<string, string | undefined>>;
/** Secrets of a workspace usually have names of this form; those that have been read are known whatever their name. */
const OURS = /^FIREBREAK_/;
const HARMLESS: ReadonlySet<string> = new Set(['FIREBREAK_HOME', 'FIREBREAK_ACTOR', 'FIREBREAK_NO_COLOR']);

const fromCommand = async (command: readonly string[], name: string, env: Env): Promise<string> => {
  const [file, ...args] = command;
  if (file === undefined)
    throw new Problem('missing-secret', { name, ref: 'command', why: 'the command is empty' });
  // Loaded when a command is first asked: most need none, and it costs them a third of their start.
  const { execa } = await import('execa');
  const running = execa(file, args, {
    reject: false,
    timeout: limits.commandMs,
    maxBuffer: limits.secretBytesMax,
    stdin: 'inherit',
    extendEnv: false,
    env,
  });
  letGo(running.nodeChildProcess);
  const ran = await running;
  if (ran.exitCode === 0 && typeof ran.stdout === 'string' && ran.stdout !== '') return trimmed(ran.stdout);
  // The output may hold the secret or hints of it: only the exit code is told.
  throw new Problem('missing-secret', {
    name,
    ref: `command ${file}`,
    why: `it ended with ${ran.exitCode ?? 'no exit code'}`,
  });
};

/** The list stays the same one until it grows: what is prepared for it is prepared once (`redact`). */
const makeSeen = (): Readonly<{ add: (value: string) => void; list: () => readonly string[] }> => {
  const all = new Set<string>();
  let list: readonly string[] = [];
  return {
    add: (value) => void all.add(value),
    list: () => (list.length === all.size ? list : (list = [...all])),
  };
};

/** Whether the references may be followed at all is asked before, at the door: of a workspace that nobody trusts none is. */
export const systemSecrets = (env: Env, keychain: Keychain): Secrets => {
  const seen = makeSeen();
  const taken = new Set<string>();
  const read = async (ref: SecretRef, name: string): Promise<string> => {
    if ('env' in ref) {
      taken.add(ref.env);
      const value = env[ref.env];
      if (value === undefined || value === '')
        throw new Problem('missing-secret', { name, ref: `env ${ref.env}`, why: 'it is not set' });
      return value;
    }
    if ('file' in ref) return fromFile(ref.file, name);
    if ('keychain' in ref) return await keychain.read(ref.keychain, name);
    return await fromCommand(ref.command, name, withoutSecrets(env, taken));
  };
  return {
    async resolve(ref, name) {
      const value = await read(ref, name);
      seen.add(value);
      return new Secret(value);
    },
    known: seen.list,
    remember: (value) => {
      seen.add(value);
      hold(value);
    },
  };
};

/** Secrets of a fake world: made up per name, so that no live secret can be resolved in a drill. */
export const drillSecrets = (made: (name: string) => string): Secrets => {
  const seen = makeSeen();
  return {
    resolve(_ref, name) {
      const value = made(name);
      seen.add(value);
      return Promise.resolve(new Secret(value));
    },
    known: seen.list,
    remember: (value) => {
      seen.add(value);
      hold(value);
    },
  };
};
