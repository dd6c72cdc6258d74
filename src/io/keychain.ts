import { Problem } from '../base/problem.ts';

/** The operating system's keychain. Optional: the package is installed by those who want it. */
export interface Keychain {
  /** @throws Problem `not-installed`, `missing-secret` */
  read(account: string, name: string): Promise<string>;
  /** Keeps a value for good, and reads it back. @throws Problem `not-installed`, `missing-secret` */
  write(account: string, name: string, value: string): Promise<void>;
  /** Nothing happens when it is not there. @throws Problem `not-installed`, `missing-secret` */
  remove(account: string, name: string): Promise<void>;
}

const service = 'firebreak';
const install = 'npm install --global @napi-rs/keyring@2.1.2';

type Entry = Readonly<{
  getPassword(): Promise<string | null | undefined>;
  setPassword(value: string): Promise<void>;
  deleteCredential(): Promise<boolean>;
}>;
type Options = Readonly<{ linux: Readonly<{ store: 'secret-service' }> }>;
type Keyring = Readonly<{ AsyncEntry: new (service: string, account: string, options?: Options) => Entry }>;

/** Where there is no desktop session the package falls back to the kernel's keys, and those are gone after a restart. */
const lasting: Options = { linux: { store: 'secret-service' } };

const load = async (): Promise<Keyring> => {
  // The specifier is a variable so that the bundler and the type checker leave the optional package alone.
  const specifier = '@napi-rs/keyring';
  try {
    return (await import(specifier)) as Keyring;
  } catch (error) {
    throw new Problem('not-installed', { what: 'the keychain binding', install }, error);
  }
};

export const systemKeychain = (): Keychain => {
  const missing = (account: string, name: string, why: string): Problem =>
    new Problem('missing-secret', { name, ref: `keychain ${account}`, why });
  const read = async (account: string, name: string): Promise<string> => {
    const { AsyncEntry } = await load();
    const value = await new AsyncEntry(service, account).getPassword().catch(() => null);
    if (typeof value !== 'string') throw missing(account, name, 'the keychain did not give it');
    return value;
  };
  return {
    read,
    async write(account, name, value) {
      const { AsyncEntry } = await load();
      try {
        await new AsyncEntry(service, account, lasting).setPassword(value);
      } catch {
        throw missing(account, name, 'there is no keychain here that keeps it over a restart');
      }
      if ((await read(account, name)) !== value)
        throw missing(account, name, 'the keychain did not give it back');
    },
    async remove(account, name) {
      const { AsyncEntry } = await load();
      try {
        await new AsyncEntry(service, account, lasting).deleteCredential();
      } catch {
        throw missing(account, name, 'the keychain did not let it be removed');
      }
    },
  };
};
