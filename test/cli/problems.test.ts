import { expect, test } from 'vitest';
import { Problem, problemCodes, type ProblemCode } from '../../src/base/problem.ts';
import { StorageError, type StorageCode } from '../../src/io/storage.ts';
import { describe as describeFailure } from '../../src/cli/failure.ts';
import { fakeApp } from './fake-app.ts';
import { firebreak } from './rig.ts';

// Every trouble as a person sees it stands in one file, so that a change of words is seen by whoever reviews it.

const facts: Readonly<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  usage: { why: 'a reason is needed, in a few words' },
  'invalid-file': { file: 'inventory.yaml', line: '12', why: 'unknown key "ownr", did you mean `owner`?' },
  'missing-secret': { name: 'meta.token', ref: 'env META_TOKEN', why: 'it is not set' },
  'not-authorised': { why: '--read-only was given' },
  'remote-failed': { what: 'graph.facebook.com', why: '403 Forbidden' },
  'outcome-unknown': { targets: 'wa-token', why: 'check it first: it may have happened already' },
  'needs-confirmation': { what: 'Revoke the token', flags: '--confirm=wa-token' },
  'handed-over': {
    incident: 'amber-otter',
    to: '1a2b-3c4d-5e6f',
    entry: '41',
    by: 'ana',
    at: '2026-11-20 03:12',
  },
  overdue: { what: 'gdpr.33-1' },
  'drill-overdue': { what: 'the next drill: overdue since 2026-11-20' },
  'journal-broken': { path: 'inc-1', why: 'entry #7 does not hash to its leaf' },
  'not-found': { what: 'step', id: 'revoke-tokn', near: 'revoke-token' },
  'letter-refused': { letter: 'gdpr-art34', language: 'en', why: 'refused: claim.contained' },
  'plan-changed': { step: 'Revoke the token', why: 'its targets or its plan changed' },
  'list-unreadable': { file: 'people.csv', line: '1', why: 'there is no column address; line 1 names name' },
  'letter-not-released': {
    letter: 'gdpr-art34',
    why: 'its words have changed since: a fact in it was corrected',
  },
  'drill-unmapped': {
    runbook: 'leaked-whatsapp-token',
    why: 'the step give-token needs lrh-prod-su, and there is nothing of yours for it',
  },
  'drill-not-passed': { step: 'revoke-token', why: 'drill.yaml has no answer to it' },
  'storage-full': { path: '/data' },
  'storage-locked': { path: '/data/journal.sqlite' },
  'storage-read-only': { path: '/data/journal.sqlite' },
  'storage-network': { path: '/mnt/nfs/data' },
  'storage-io': { why: 'EIO' },
  'output-lost': { why: 'the disk is full' },
  'several-incidents': { ids: 'inc-1 (quiet-heron), inc-2 (amber-otter)' },
  'no-incident': {},
  'incident-closed': { incident: 'quiet-heron' },
  'engine-held': { incident: 'inc-1' },
  'step-not-ready': { step: 'revoke-token', why: 'after name-tokens' },
  'not-installed': { what: 'the keychain binding', install: 'npm install --global @napi-rs/keyring@2.1.2' },
  wall: { host: 'graph.facebook.com' },
  sealed: { what: 'the title' },
};

const storage: readonly StorageCode[] = [
  'full',
  'read-only',
  'locked',
  'io',
  'corrupt',
  'missing',
  'exists',
  'network-filesystem',
  'permissions',
  'too-large',
  'wrong-key',
  'newer',
  'sealed',
];

async function shown(error: Error): Promise<string> {
  const app = fakeApp({
    incidents: () => {
      throw error;
    },
  });
  const { code, stderr, stdout } = await firebreak(['list'], { app });
  expect(stdout).toBe('');
  return `exit ${code}\n${stderr}`;
}

test('every problem says what failed, what is still true and what to do next', async () => {
  const parts: string[] = ['# Every problem as a person sees it\n'];
  for (const code of problemCodes)
    parts.push(`## ${code}\n\n\`\`\`text\n${await shown(new Problem(code, facts[code]))}\`\`\`\n`);
  for (const code of storage) {
    const error = new StorageError(
      code,
      '/data/journal.sqlite',
      `/data/journal.sqlite: ${code}`,
      code === 'io' ? { landed: true } : {},
    );
    parts.push(`## storage: ${code}\n\n\`\`\`text\n${await shown(error)}\`\`\`\n`);
  }
  await expect(parts.join('\n')).toMatchFileSnapshot('../golden/problems.md');
});

test.each(problemCodes)('%s reads well when the thrower knew nothing more', (code) => {
  const failure = describeFailure(new Problem(code));
  expect(failure?.failed).toMatch(/\S/);
  const text = JSON.stringify(failure);
  expect(text).not.toMatch(/undefined|""\)|\(\)| {2}/);
  expect(failure?.next.length).toBeGreaterThan(0);
});

test('with --json a problem is one JSON object on stderr, and stdout stays empty', async () => {
  const app = fakeApp({
    incidents: () => {
      throw new Problem('no-incident');
    },
  });
  const { code, stdout, stderr } = await firebreak(['list', '--json'], { app });
  expect(code).toBe(10);
  expect(stdout).toBe('');
  expect(JSON.parse(stderr)).toMatchObject({ schema: 'firebreak.problem/v1', code: 'no-incident', exit: 10 });
});

test('words of a foreign system cannot act on the terminal', async () => {
  const error = new Problem('remote-failed', { what: 'api', why: '\u001B[2Jgone \u202E' });
  expect(await shown(error)).toContain('\\u{1b}[2Jgone \\u{202e}');
});
