import { Problem } from '../base/problem.ts';

/** The operating system's keychain. Optional: the package is installed by those who want it. */
export interface Keychain {
  read(account: string, name: string): Promise<string>;
}

const service = 'firebreak';
const install = 'npm install --global @napi-rs/keyring@2.1.2';

type Keyring = Readonly<{ AsyncEntry: new (service: string, account: string) => { getPassword(): Promise<string | undefined> } }>;

const load = async (): Promise<Keyring> => {
  // The specifier is a variable so that the bundler and the type checker leave the optional package alone.
  const specifier = '@napi-rs/keyring';
  try {
    return (await import(specifier)) as Keyring;
  } catch (error) {
    throw new Problem('not-installed', { what: 'the keychain binding', install }, error);
  }
};

export const systemKeychain = (): Keychain => ({
  async read(account, name) {
    const { AsyncEntry } = await load();
    const value = await new AsyncEntry(service, account).getPassword().catch(() => undefined);
    if (value === undefined) {
      throw new Problem('missing-secret', { name, ref: `keychain ${account}`, why: 'the keychain did not give it' });
    }
    return value;
  },
});
