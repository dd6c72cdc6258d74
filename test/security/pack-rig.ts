import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST, SIGNATURE } from '../../src/catalog/pack/manifest.ts';
import type { App } from '../../src/app/contract.ts';
import { openApp } from '../../src/app/wire.ts';
import { folder, ownWorkspace } from '../app/company.ts';
import { packageRoot } from '../rig/app.ts';

/** A pack as its author makes it, signed by a real ssh-keygen. */
const keygen = (...args: readonly string[]): string =>
  execFileSync('ssh-keygen', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

export const newKey = (): Readonly<{ path: string; public: string }> => {
  const path = join(folder(), 'key');
  keygen('-q', '-t', 'ed25519', '-N', '', '-C', 'author', '-f', path);
  return { path, public: readFileSync(`${path}.pub`, 'utf8').trim() };
};

export const put = (root: string, path: string, text: string | Uint8Array): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const RUNBOOK = readFileSync(
  join(packageRoot, 'runbooks/leaked-whatsapp-token/runbook.yaml'),
  'utf8',
).replace(/^title: .*/m, 'title: Acme chat token');

export const author = (): string => {
  const made = folder();
  put(made, 'runbooks/acme-chat/runbook.yaml', RUNBOOK);
  put(made, 'README.md', '# Acme\n');
  return made;
};

export const sign = (pack: string, key: Readonly<{ path: string }>, namespace = 'firebreak-pack'): void => {
  rmSync(join(pack, SIGNATURE), { force: true });
  keygen('-Y', 'sign', '-n', namespace, '-f', key.path, join(pack, MANIFEST));
};

/** A team that knows one signer by name. */
export const team = (signer: string | null) => {
  const [home, workspace] = [folder(), ownWorkspace()];
  if (signer !== null)
    writeFileSync(join(home, 'pack_signers'), `# whose packs we run\nada@acme ${signer}\n`);
  const app = async (): Promise<App> => {
    const made = await openApp({
      packageRoot,
      env: { FIREBREAK_HOME: home, PATH: process.env['PATH'] },
      cwd: workspace,
      as: 'ada',
      zone: 'UTC',
      definitions: 'now',
    });
    return made;
  };
  return { home, workspace, app };
};

export const title = async (made: Promise<App>): Promise<string | undefined> =>
  (await made).runbooks().find(({ id }) => id === 'acme-chat')?.title;
export const faults = (app: App): string =>
  app
    .issues()
    .filter(({ severity }) => severity === 'error')
    .map(({ file, message }) => `${file}: ${message}`)
    .join('\n');
