import { readFileSync, statSync } from 'node:fs';
import { inspect } from 'node:util';
import { Problem } from '../base/problem.ts';
import type { SecretRef } from '../model/company.ts';
import type { Keychain } from './keychain.ts';
import { limits } from '../model/limits.ts';

/** A secret value that no printing, logging or serialising can show. `use` is the only way to the text. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  use(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
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
  try {
    const mode = statSync(path).mode & 0o077;
    if (mode !== 0)
      throw new Problem('missing-secret', {
        name,
        ref: `file ${path}`,
        why: 'others can read the file; chmod 600 it',
      });
    return trimmed(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('missing-secret', { name, ref: `file ${path}`, why: 'the file cannot be read' });
  }
};

const fromCommand = async (command: readonly string[], name: string): Promise<string> => {
  const [file, ...args] = command;
  if (file === undefined)
    throw new Problem('missing-secret', { name, ref: 'command', why: 'the command is empty' });
  // Loaded when a command is first asked: most need none, and it costs them a third of their start.
  const { execa } = await import('execa');
  const ran = await execa(file, args, {
    reject: false,
    timeout: limits.commandMs,
    maxBuffer: 65_536,
    stdin: 'inherit',
  });
  if (ran.exitCode === 0 && typeof ran.stdout === 'string' && ran.stdout !== '') return trimmed(ran.stdout);
  // The output may hold the secret or hints of it: only the exit code is told.
  throw new Problem('missing-secret', {
    name,
    ref: `command ${file}`,
    why: `it ended with ${ran.exitCode ?? 'no exit code'}`,
  });
};

/** `commands` is false for a workspace that nobody has trusted yet: then no command of it is run. */
export const systemSecrets = (
  env: Readonly<Record<string, string | undefined>>,
  keychain: Keychain,
  commands: () => boolean,
): Secrets => {
  const seen = new Set<string>();
  const read = async (ref: SecretRef, name: string): Promise<string> => {
    if ('env' in ref) {
      const value = env[ref.env];
      if (value === undefined || value === '')
        throw new Problem('missing-secret', { name, ref: `env ${ref.env}`, why: 'it is not set' });
      return value;
    }
    if ('file' in ref) return fromFile(ref.file, name);
    if ('keychain' in ref) return await keychain.read(ref.keychain, name);
    if (!commands()) {
      throw new Problem('missing-secret', {
        name,
        ref: `command ${ref.command[0] ?? ''}`,
        why: 'this workspace is not trusted to run commands; firebreak trust',
      });
    }
    return await fromCommand(ref.command, name);
  };
  return {
    async resolve(ref, name) {
      const value = await read(ref, name);
      seen.add(value);
      return new Secret(value);
    },
    known: () => [...seen],
    remember: (value) => void seen.add(value),
  };
};

/** Secrets of a fake world: made up per name, so that no live secret can be resolved in a drill. */
export const drillSecrets = (made: (name: string) => string): Secrets => {
  const seen = new Set<string>();
  return {
    resolve(_ref, name) {
      const value = made(name);
      seen.add(value);
      return Promise.resolve(new Secret(value));
    },
    known: () => [...seen],
    remember: (value) => void seen.add(value),
  };
};
