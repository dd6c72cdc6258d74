import { expect, test } from 'vitest';
import { bare, company, load, printed } from './rig.ts';

const linted = async (alerts: string): Promise<readonly string[]> => {
  const files = bare({ '/team/firebreak.yaml': `${company}${alerts}` });
  const { issues } = await load(files, { workspace: '/team' });
  return printed(issues).filter(
    (line) => line.includes('firebreak.yaml:') && /alert|slack|slak|command|nowhere/.test(line),
  );
};

test('who else hears of a clock is named, or nobody is', async () => {
  expect(await linted('')).toEqual([]);
  expect(await linted('alerts: { command: [notify-send, firebreak] }\n')).toEqual([]);
});

test.each([
  ['a connector that is not there', 'alerts: { slack: { connector: nowhere, channel: "#a" } }\n', 'FB004'],
  [
    'a command in one string, which a shell would have to read',
    'alerts: { command: "notify-send x" }\n',
    'command',
  ],
  ['a word that means nothing', 'alerts: { slak: 1 }\n', 'slak'],
])('%s is told with its line', async (_, text, what) => {
  expect((await linted(text)).join('\n')).toContain(what);
});
