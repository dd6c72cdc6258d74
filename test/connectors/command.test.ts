import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { instant } from '../../src/base/instant.ts';
import { Problem } from '../../src/base/problem.ts';
import { connector } from '../../src/connectors/command/index.ts';
import { recipeSchema } from '../../src/connectors/command/recipe.ts';
import type { Action, Outside } from '../../src/connectors/connector.ts';
import { merged } from '../../src/connectors/http/simulator.ts';
import { walledProcesses } from '../../src/io/process.ts';
import type { RunRequest } from '../../src/io/process.ts';
import { Secret } from '../../src/io/secrets.ts';
import { cases, leaked, recipeFor, secrets, seed } from '../fixtures/connectors/command.ts';
import { parsed } from './world.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const open = (suspects: readonly string[] = [], change: Json = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-command-'));
  folders.push(folder);
  const file = join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify(seed));
  const recipe = merged(recipeFor(file), change);
  const ran: RunRequest[] = [];
  const processes = walledProcesses(new Set([process.execPath]));
  const now = instant(0);
  const outside: Outside = {
    http: { fetch: () => Promise.reject(new Error('nothing is fetched here')) },
    mail: { connect: () => Promise.reject(new Error('nothing is sent here')) },
    processes: {
      run: async (request) => {
        ran.push(request);
        return await processes.run(request);
      },
    },
    clock: {
      now: () => now,
      elapsed: () => 0,
      stamp: () => ({ boot: '', mono: '0', wall: '' }),
      sleep: () => Promise.resolve(),
    },
    random: { bytes: (length) => new Uint8Array(length) },
    baseUrl: '',
    keep: () => Promise.resolve(),
    within: () => new AbortController().signal,
    config: {},
    secret: (name) =>
      name in secrets
        ? Promise.resolve(new Secret(secrets.tool_secret))
        : Promise.reject(new Problem('missing-secret', { name })),
    suspects: suspects.map((one) => new Secret(one)),
    fresh: null,
    made: () => Promise.resolve(),
    key: 'key-1',
    signal: new AbortController().signal,
    recipe,
  };
  const action = (id: string): Action => {
    const found = connector.bind?.(recipe)[id];
    if (found === undefined) throw new Error(`no action ${id}`);
    return found;
  };
  return { outside, ran, action, state: () => JSON.parse(readFileSync(file, 'utf8')) as Json };
};

describe('a recipe of commands', () => {
  for (const one of cases) {
    it(`previews, runs, proves and undoes ${one.action}`, async () => {
      const { outside, ran, action, state } = open(one.suspects);
      const tried = action(one.action);
      const input = parsed(tried, one.input);
      expect(await tried.preview(input, outside)).toMatchObject({ now: 'active', warnings: [] });
      expect((await tried.verify(input, outside)).is).toBe('refuted');
      const outcome = await tried.run(input, outside);
      expect(outcome).toMatchObject({ result: 'done' });
      expect(one.isOff(state())).toBe(true);
      expect((await tried.verify(input, outside)).is).toBe('proved');
      expect(JSON.stringify([ran.map((request) => request.args), outcome])).not.toMatch(/sim-/);
      if (one.restores === null) return;
      expect((await tried.run(input, outside)).result).toBe('already');
      const done = { receipt: outcome.receipt ?? null, after: outcome.after ?? null };
      expect(await tried.undo?.(input, done, outside)).toMatchObject({ result: 'done' });
      expect(state()).toEqual(seed);
    });
  }

  it('takes no value that would be read as an option, and no shell reads one', async () => {
    const { outside, ran, action, state } = open();
    const pause = action('pause-key');
    for (const key of ['--all', '-h']) {
      const outcome = await pause.run(parsed(pause, { key_id: key }), outside);
      expect(outcome).toMatchObject({ result: 'failed' });
      expect(outcome.detail).toContain('begins with "-"');
    }
    expect(ran).toEqual([]);
    await pause.run(parsed(pause, { key_id: '$(touch x); AKIA1' }), outside);
    expect(ran[0]?.args.at(-1)).toBe('$(touch x); AKIA1');
    expect(state()).toEqual(seed);
  });

  it('takes a leading dash where the recipe allows it', async () => {
    const input = { key_id: { describe: 'the key', dash: true } };
    const { outside, ran, action } = open([], { actions: { 'pause-key': { input } } });
    const pause = action('pause-key');
    await pause.run(parsed(pause, { key_id: '-AKIA' }), outside);
    expect(ran[0]?.args.at(-1)).toBe('-AKIA');
  });

  it('reads "already" from the exit code and the error name', async () => {
    const { outside, action } = open(['never-was']);
    const revoke = action('revoke-key');
    expect(await revoke.run(parsed(revoke, {}), outside)).toMatchObject({ result: 'already' });
  });

  it('does not take a program that cannot be started for a proof', async () => {
    const gone = { file: '/nowhere/tool' };
    const { outside, action } = open([], {
      actions: { 'pause-key': { verify: { run: gone }, snapshot: { run: gone } } },
    });
    const pause = action('pause-key');
    const input = parsed(pause, { key_id: 'AKIA1' });
    expect(await pause.verify(input, outside)).toMatchObject({ is: 'unproved' });
    expect(await pause.run(input, outside)).toMatchObject({ result: 'failed' });
  });

  it('refuses a recipe that puts a secret into an argument', () => {
    const change = (args: Json): string =>
      JSON.stringify(
        recipeSchema.safeParse(merged(recipeFor('/x'), { actions: { 'revoke-key': { run: { args } } } }))
          .error?.issues ?? [],
      );
    expect(change(['{suspect}'])).toContain('does not belong into an argument');
    expect(change(['--key={secret.tool_secret}'])).toContain('does not belong into an argument');
  });

  it('shows each argument in quotes, and never a secret', async () => {
    const { outside, action } = open([leaked]);
    const revoke = action('revoke-key');
    const { calls } = await revoke.preview(parsed(revoke, {}), outside);
    expect(calls[0]?.url).toMatch(/ "kill"$/);
    expect(JSON.stringify(calls)).not.toContain(leaked);
  });
});
