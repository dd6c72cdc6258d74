import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Planted wherever a secret can be; looked for wherever anything comes out. */

const a = (count: number): string => 'aB3xZ9kQ7'.repeat(40).slice(0, count);

/** What a person pastes into words: known by its form alone. */
export const pasted: readonly string[] = [
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'npm_'].map((prefix) => `${prefix}${a(36)}`),
  `github_pat_${a(22)}_${a(59)}`,
  `glpat-${a(20)}`,
  ...['xoxb-', 'xoxp-', 'xoxe-'].map((prefix) => `${prefix}123456789012-123456789012-${a(24)}`),
  `xapp-1-A0123456789-${a(20)}`,
  `hooks.slack.com/services/T0123/B0123/${a(24)}`,
  `EAAG${a(80)}`,
  `IGQV${a(60)}`,
  ...['sk_live_', 'rk_live_', 'sk_test_', 'whsec_'].map((prefix) => `${prefix}${a(30)}`),
  `sk-ant-${a(40)}`,
  `sk-proj-${a(40)}`,
  'AKIAABCDEFGHIJKLMNOP',
  `AIza${a(35)}`,
  `ya29.${a(40)}`,
  `SG.${a(22)}.${a(43)}`,
  `shpat_${'0123456789abcdef'.repeat(2)}`,
  `pat-eu1-${'0123abcd-'.repeat(4)}ffff`,
  `eyJ${a(20)}.eyJ${a(30)}.${a(43)}`,
  `-----BEGIN PRIVATE KEY-----\n${a(64)}\n-----END PRIVATE KEY-----`,
  '4111111111111111',
  '5555 5555 5555 4444',
  '3782-822463-10005',
  '４０１２８８８８８８８８１８８１',
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
];

/** What the tool itself holds: known because it was read, whatever it looks like. */
export const held = {
  env: 'held-in-env/+&"quoted"-7c1',
  file: "held-in-file'<b>-2d9",
  keychain: 'held-in-keychain=?-5e3',
  command: 'held-in-command%\\x-8a4',
  leaked: `EAA${'q'.repeat(60)}`,
} as const;
export const canaries = [...pasted, ...Object.values(held)];

const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Eight ways to write one down. */
export const forms = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.split('').toReversed().join(''),
    html(secret),
  ];
};
export const filesUnder = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile());

export const foundIn = (where: string, text: string): readonly string[] =>
  canaries.flatMap((secret, i) =>
    forms(secret).flatMap((form, kind) =>
      text.includes(form) ? [`${where}: canary ${i}, form ${kind}`] : [],
    ),
  );
