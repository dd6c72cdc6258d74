import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyParts } from '../../src/app/key-parts.ts';
import { systemProcesses } from '../../src/io/process.ts';

/** Small `aws` and `vault` programs that answer as the real ones do: arguments, stdin, JSON, exit codes, words on stderr. */

const head = (folder: string): string => `#!${process.execPath}
const fs = require('node:fs');
const crypto = require('node:crypto');
const folder = ${JSON.stringify(folder)};
const argv = process.argv.slice(2);
fs.appendFileSync(folder + '/calls', argv.join('\\n') + '\\n');
const secret = crypto.createHash('sha256').update('kept by the service').digest();
const die = (text, code) => { process.stderr.write(text + '\\n'); process.exit(code); };
const refused = fs.existsSync(folder + '/refuse');
const seal = (clear, aad) => {
  const nonce = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(aad));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
};
const open = (blob, aad) => {
  const cipher = crypto.createDecipheriv('aes-256-gcm', secret, blob.subarray(0, 12)).setAAD(Buffer.from(aad));
  cipher.setAuthTag(blob.subarray(-16));
  return Buffer.concat([cipher.update(blob.subarray(12, -16)), cipher.final()]);
};
`;

const aws = `
const option = (name) => { const at = argv.indexOf(name); return at < 0 ? null : argv[at + 1]; };
if (argv[0] !== 'kms') die('aws: error: argument command: Invalid choice', 252);
if (refused) die('\\nAn error occurred (AccessDeniedException) when calling the Decrypt operation: no', 254);
const context = option('--encryption-context') ?? '';
const key = option('--key-id');
if (argv[1] === 'generate-data-key') {
  if (option('--key-spec') !== 'AES_256') die('An error occurred (ValidationException)', 254);
  const clear = crypto.randomBytes(32);
  console.log(JSON.stringify({ CiphertextBlob: seal(clear, key + context).toString('base64'), Plaintext: clear.toString('base64'), KeyId: key }));
} else if (argv[1] === 'decrypt') {
  const given = option('--ciphertext-blob');
  if (!given.startsWith('fileb://')) die('Error parsing parameter', 252);
  try {
    const clear = open(fs.readFileSync(given.slice(8)), key + context);
    console.log(JSON.stringify({ KeyId: key, Plaintext: clear.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }));
  } catch { die('An error occurred (InvalidCiphertextException) when calling the Decrypt operation:', 254); }
} else die('aws: error: argument operation: Invalid choice', 252);
`;

const vault = `
if (argv[0] !== 'write' || argv[1] !== '-format=json') die('Usage: vault <command> [args]', 1);
if (refused) die('Error writing data: permission denied', 2);
const [, what] = argv[2].split('/');
const [field, value] = argv[3].split('=');
if (value !== '-') die('this fake reads stdin alone', 1);
const stdin = fs.readFileSync(0, 'utf8');
if (what === 'encrypt' && field === 'plaintext') {
  const sealed = 'vault:v1:' + seal(Buffer.from(stdin, 'base64'), argv[2].split('/')[2]).toString('base64');
  console.log(JSON.stringify({ request_id: 'x', data: { ciphertext: sealed, key_version: 1 } }));
} else if (what === 'decrypt' && field === 'ciphertext') {
  try {
    const clear = open(Buffer.from(stdin.replace('vault:v1:', ''), 'base64'), argv[2].split('/')[2]);
    console.log(JSON.stringify({ request_id: 'x', data: { plaintext: clear.toString('base64') } }));
  } catch { die('Error writing data: cipher: message authentication failed', 2); }
} else die('Error writing data: unsupported path', 2);
`;

export const fakeTools = (home: string) => {
  const folder = join(home, 'tools');
  mkdirSync(folder);
  for (const [name, text] of [
    ['aws', aws],
    ['vault', vault],
  ] as const) {
    writeFileSync(join(folder, name), head(folder) + text);
    chmodSync(join(folder, name), 0o755);
  }
  const parts: Partial<KeyParts> = { processes: systemProcesses({ PATH: folder, HOME: home }) };
  return {
    parts,
    /** All arguments that the programs were given. */
    calls: (): string =>
      existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '',
    /** From now on the services say no. */
    refuse: (): void => writeFileSync(join(folder, 'refuse'), ''),
  };
};
