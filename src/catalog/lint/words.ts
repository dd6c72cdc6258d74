import { maskSecrets } from '../../base/mask.ts';
import type { MaskKind } from '../../base/mask.ts';
import type { Issue } from '../../base/problem.ts';
import { parseSshKey } from '../../base/sshsig.ts';
import type { YamlFile } from '../yaml.ts';

/** Words that no definition may hold: people's data (FB042) and secrets (FB043), wherever in the file they stand. */

const SECRETS: ReadonlySet<MaskKind> = new Set(['token', 'bearer', 'jwt', 'private-key']);
const PERSONAL: Readonly<Partial<Record<MaskKind, string>>> = {
  'card-number': 'a card number',
  iban: 'an account number',
};

// Bounded on both sides, so that a long line without an @ costs one pass.
const EMAIL = /[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})/g;
/** Reserved for examples by RFC 2606 and RFC 6761: nobody can live there. */
const NOBODY = /(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$/;

type People = 'expected' | 'unexpected';

/** What was found in files that are read again as they stood. */
const found: Readonly<Record<People, WeakMap<YamlFile, readonly Issue[]>>> = {
  expected: new WeakMap(),
  unexpected: new WeakMap(),
};

/** `people`: whether addresses are what the file is for, as in contacts.yaml. */
export function lintWords(yaml: YamlFile, people: People): readonly Issue[] {
  if (yaml.harmless === true) return [];
  const issues = found[people].get(yaml) ?? wordsOf(yaml, people);
  found[people].set(yaml, issues);
  return issues;
}

function wordsOf(yaml: YamlFile, people: People): readonly Issue[] {
  return yaml.texts().flatMap(({ text, place }) => {
    // A public key is as long and as random as a secret, and is none; what stands after it is read like any other text.
    const words = parseSshKey(text)?.comment ?? text;
    const issues: Issue[] = [];
    const add = (rule: string, severity: Issue['severity'], message: string, hint: string): void =>
      void issues.push({ rule, severity, file: yaml.file, ...place, message, hint });
    for (const { kind } of maskSecrets(words).masked) {
      if (SECRETS.has(kind))
        add(
          'FB043',
          'error',
          'this looks like a secret',
          'name where it is kept: env, file, keychain or command',
        );
      const personal = PERSONAL[kind];
      if (personal !== undefined)
        add('FB042', 'error', `this looks like ${personal}`, 'definitions hold no data of people');
    }
    if (
      people === 'unexpected' &&
      words.includes('@') &&
      [...words.matchAll(EMAIL)].some(([, host]) => !NOBODY.test((host ?? '').toLowerCase()))
    ) {
      add(
        'FB042',
        'warning',
        'this looks like an address of a person',
        'put it into contacts.yaml and name its id',
      );
    }
    return issues;
  });
}
