import type { Files } from '../io/files.ts';
import type { Keychain } from '../io/keychain.ts';
import type { Processes } from '../io/process.ts';
import type { Random } from '../io/random.ts';
import type { KeyNotice } from './key-contract.ts';

/** What a keyring is made of. */
export type KeyringParts = Readonly<{
  folder: string;
  files: Files;
  random: Random;
  keychain: Keychain;
  /** Runs `aws` and `vault`, with the variables that they need. */
  processes?: Processes;
  /** A file with age identities. */
  identity?: string;
  /** Asks for the passphrase or recovery code, or has it from a file; `again` after a wrong one. Null: none is given. */
  ask?: (again: boolean) => Promise<string | null>;
  heard?: (notice: KeyNotice) => void;
  /** Makes a key from a passphrase: argon2id, which is slow on purpose, unless a test changes keys a hundred times. */
  stretch?: (passphrase: string, salt: Uint8Array) => Uint8Array;
  /** Tests let the tool die before and after each thing written. */
  step?: (what: string) => void;
}>;

/** The same with the key files in the folder, by the id of the key. */
export type KeyParts = KeyringParts & Readonly<{ keyFile: (id: string) => Uint8Array | null }>;
