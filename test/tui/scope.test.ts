import { expect, test } from 'vitest';
import { top } from '../../src/tui/shell/model.ts';
import { readAndCounted, type FakeScope } from '../fakes/scope.ts';
import { key, opened, seen, type Keyboard } from '../rig/keyboard.ts';

// Who is affected, from the first export to facts that clocks hang on.

const words = (at: Keyboard): string => seen(at.store).replaceAll(/\s+/g, ' ');

const previewed = async (scope: FakeScope = {}): Promise<Keyboard> => {
  const at = opened({ scope });
  await at.press('W', 'a');
  await at.words('users.jsonl');
  await at.press('enter', 'enter', 'enter', 'enter');
  return at;
};

const counted = async (): Promise<Keyboard> => {
  const at = opened();
  at.app.incident().write(...readAndCounted(at.app.now()));
  await at.press('W');
  return at;
};

test('before anything was read the screen says what to do, and what cannot be done yet says why', async () => {
  const at = opened();
  await at.press('W');
  expect(words(at)).toContain('Nobody was counted yet.');
  expect(words(at)).toContain('Next: a reads an export of a vendor.');
  for (const [name, why] of [
    ['x', 'Not now: nothing was read yet: a.'],
    ['f', 'Not now: nobody was counted yet: x.'],
    ['o', 'Not now: nobody was counted yet: x.'],
    ['v', 'Not now: nothing was read yet.'],
    ['y', 'Not now: first f: the facts as they would be written.'],
  ] as const) {
    await at.press(name);
    expect(words(at)).toContain(why);
  }
});

test('the form offers the mappings that are known, and one of your own needs its file', async () => {
  const at = opened();
  await at.press('W', 'a');
  expect(words(at)).toContain('Zendesk, users, JSON Lines of the account export');
  await at.words('users.jsonl');
  await at.press('enter', 'down', 'down', 'enter', 'enter', 'enter');
  expect(words(at)).toContain('Name the file of your own mapping');
  expect(top(at.store.model()).at).toBe('form');
});

test('rows are shown as they would be read, and Enter reads nothing', async () => {
  const at = await previewed();
  expect(words(at)).toContain('line 1 email orla.kelly@reader.example');
  expect(words(at)).toContain('line 7 this row has 3 cells, the first row has 5');
  await at.press('enter');
  expect(words(at)).toContain('Enter confirms nothing');
  expect(at.app.incident().scope.view().imports).toEqual([]);
});

test('a file that does not fit is not read, and another mapping is a key away with the same file', async () => {
  const at = await previewed({ refuses: ['there is no column "email", which the mapping reads as email'] });
  expect(words(at)).toContain('DOES NOT FIT: there is no column "email"');
  await at.press('y');
  expect(at.app.incident().scope.view().imports).toEqual([]);
  expect(words(at)).toContain('Not now: the file does not fit the mapping: m takes another one.');
  await at.press('m');
  expect(words(at)).toContain('users.jsonl');
  await at.press('esc');
  expect(top(at.store.model()).at).toBe('scope');
});

test('reading says how far it is, and a key stops it with nothing kept', async () => {
  const at = await previewed({ holds: true });
  at.store.send({ is: 'key', key: key('y') });
  await Promise.resolve();
  expect(words(at)).toMatch(/RUNNING 42 %: 518 rows, 259 a second, about \d+ s left, esc stops/);
  // Keys are heard meanwhile: a note written over it takes nothing away.
  at.store.send({ is: 'key', key: key('n') });
  expect(top(at.store.model()).at).toBe('form');
  at.store.send({ is: 'key', key: key('esc') });
  await at.press('esc');
  expect(words(at)).toContain('STOPPED after 518 rows. Nothing of this file counts.');
  expect(at.app.incident().scope.view().imports).toEqual([]);
});

test('what was read is counted, and the counts become facts once a person says y', async () => {
  const at = await previewed();
  await at.press('y');
  expect(words(at)).toContain('READ: 1,240 rows, as sc-1a2b3c4d.');
  await at.press('x', 'tab', 'tab', 'enter');
  expect(words(at)).toContain('1,100 to 41,202, likely 1,190');
  await at.press('f');
  expect(words(at)).toMatch(/NEW subjects-count 1,100 to 41,202, likely 1,190/);
  await at.press('enter');
  expect(at.app.commands).toEqual([]);
  await at.press('y');
  expect(at.app.commands.map((one) => one.do)).toEqual(['learn', 'learn']);
  expect(words(at)).toContain('The counts are written down as facts.');
});

test('counting can be stopped, and then nobody was counted', async () => {
  const at = opened({ scope: { holds: true } });
  at.app.incident().write(...readAndCounted(at.app.now()).slice(0, 1));
  await at.press('W', 'x', 'tab', 'tab');
  at.store.send({ is: 'key', key: key('enter') });
  await Promise.resolve();
  expect(words(at)).toMatch(/RUNNING 25 %, 300 joined a second, about \d+ s left, esc stops/);
  await at.press('esc');
  expect(words(at)).toContain('Nobody was counted yet.');
});

test('the counts stand with what they rest on, and apart from it what is still unknown', async () => {
  const at = await counted();
  expect(words(at)).toMatch(/By which at least likely at most country DE 700 740 40,752/);
  await at.press('pgdn');
  expect(words(at)).toContain('Still unknown - zendesk-users: 2 rows could not be read and are in no count.');
  expect(words(at)).toContain('What this rests on - 1 export.');
  expect(words(at)).not.toContain('GAP');
  await at.press('v');
  expect(words(at)).toContain('line 12: this line is no JSON');
});

test('a fact that was known otherwise is corrected with a reason, and never overwritten by y', async () => {
  const at = await counted();
  await at.app.incident().act({ do: 'learn', fact: 'subjects-count', answer: { is: 'number', value: 3 } });
  await at.press('f');
  expect(words(at)).toMatch(/DIFFERS subjects-count/);
  await at.press('r');
  await at.words('Counted from the export');
  await at.press('enter');
  expect(at.app.commands.at(-1)).toMatchObject({
    do: 'correct',
    fact: 'subjects-count',
    reason: 'Counted from the export',
  });
  expect(words(at)).toMatch(/WRITTEN subjects-count/);
  await at.press('y');
  expect(at.app.commands.at(-1)).toMatchObject({ do: 'learn', fact: 'records-count' });
});

test('the list of recipients is written to a file that is named, and its people stand on no screen', async () => {
  const at = await counted();
  await at.press('o');
  await at.words('people.csv');
  await at.press('enter');
  expect(words(at)).toContain('1,180 people, sha256');
  expect(words(at)).toContain('They stand there in clear');
});
