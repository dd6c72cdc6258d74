import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../src/base/mask.ts';
import { drillSchema } from '../../src/model/drill.ts';
import { runbooks } from '../rig/runbooks.ts';

// Papers of a drill beside its scenario: what the facilitator holds must be the scenario that is played.

const root = join(import.meta.dirname, '../../runbooks');
const read = (id: string, name: string): string => readFileSync(join(root, id, name), 'utf8');
const kits = runbooks.filter((id) => existsSync(join(root, id, 'facilitator.md')));

/** A table wraps nothing, and a paper may break a line anywhere. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('\\', '');

test('there are papers to look at', () => {
  expect(kits.length).toBeGreaterThanOrEqual(5);
});

describe.each(kits)('%s', (id) => {
  const drill = drillSchema.parse(parse(read(id, 'drill.yaml')));
  const facilitator = flat(read(id, 'facilitator.md'));
  const briefing = flat(read(id, 'briefing.md'));

  test('the facilitator has the truth, every trap with what is right, and every consequence', () => {
    const told = [
      drill.truth,
      ...(drill.traps ?? []).flatMap(({ says, instead }) => [says, instead]),
      ...drill.injects.filter(({ after }) => after !== undefined).map(({ body }) => body),
    ];
    expect(told.filter((text) => !facilitator.includes(flat(text).trim()))).toEqual([]);
  });

  test('the players have the story, and nothing of the truth or of the traps', () => {
    expect(briefing).toContain(flat(drill.story).trim());
    const secret = [drill.truth, ...(drill.traps ?? []).map(({ says }) => says)];
    expect(secret.filter((text) => briefing.includes(flat(text).trim()))).toEqual([]);
  });

  test('every file that comes with a message is there and holds no secret and no card number', () => {
    const files = drill.injects.flatMap(({ artifact }) => (artifact === undefined ? [] : [artifact]));
    const found = files.map((name) => [name, maskSecrets(read(id, join('artifacts', name))).masked]);
    expect(found).toEqual(files.map((name) => [name, []]));
  });
});
