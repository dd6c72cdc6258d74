import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { Secrets } from '../../src/io/secrets.ts';
import { act } from '../incident/story.ts';
import { tiny } from './tiny.ts';

describe('what is missing', () => {
  const lacking = (): Secrets & { have: Set<string> } => {
    const have = new Set<string>();
    const made = drillSecrets((name) => `made-${name}`);
    return {
      ...made,
      have,
      resolve: async (ref, name) => {
        if (!have.has(name))
          throw new Problem('missing-secret', { name, ref: 'env TINY_TOKEN', why: 'it is not set' });
        return await made.resolve(ref, name);
      },
    };
  };

  test('a secret that is missing is named, its target is by hand, and the others go on', async () => {
    const one = tiny({ secrets: lacking(), needs: ['token'] });
    const prepared = await one.prepare('stop');
    expect(prepared.targets[0]?.byHand).toMatchObject({
      why: 'the secret tiny.token is missing (env TINY_TOKEN: it is not set)',
      manual: { where: 'The panel' },
    });
    expect(prepared.friction).toBe('enter');
    const report = await one.confirm(prepared, {});
    expect(report).toMatchObject({
      state: 'by-hand',
      lines: [
        { is: 'by-hand', target: 'bridge' },
        { is: 'by-hand', target: 'token' },
      ],
    });
    expect(one.calls).toEqual([]);
    expect(one.told.step('stop').status).toBe('now');
  });

  test('what was shown as work for a person is not done by the tool when the secret turns up meanwhile', async () => {
    const secrets = lacking();
    const one = tiny({ secrets, needs: ['token'] });
    const prepared = await one.prepare('stop');
    secrets.have.add('tiny.token');
    expect((await one.confirm(prepared, {})).state).toBe('by-hand');
    expect(one.calls).toEqual([]);
    expect((await one.act('stop')).state).toBe('proved');
  });

  test('a row without a connector is by hand while its neighbours are done', async () => {
    const step = act('stop', ['bridge']);
    const one = tiny({
      steps: [
        {
          ...step,
          targets: [...step.targets, { item: 'fax', instance: null, connector: null, action: null }],
        },
      ],
    });
    const report = await one.act('stop');
    expect(report).toMatchObject({
      state: 'by-hand',
      lines: [
        { is: 'proof', target: 'bridge' },
        { is: 'by-hand', target: 'fax', why: 'no connector is configured for it' },
      ],
    });
    expect(one.told.step('stop').status).toBe('now');
  });

  test('a system that cannot even be looked at can still be told to stop', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.preview = () => Promise.reject(new DOMException('too slow', 'TimeoutError'));
    const prepared = await one.prepare('stop');
    expect(prepared.targets[0]?.preview).toMatchObject({
      now: 'unknown',
      warnings: ['it could not be asked: too slow'],
    });
    expect((await one.confirm(prepared, { yes: true })).state).toBe('proved');
  });
});
