import { expect, test } from 'vitest';
import { bare, company, load, printed } from './rig.ts';

const SLACK = '  room: { uses: slack, secrets: { token: { env: SLACK_TOKEN } } }\n';

const linted = async (bulletin: string): Promise<readonly string[]> => {
  const files = bare({ '/team/firebreak.yaml': `${company}${SLACK}${bulletin}` });
  const { issues } = await load(files, { workspace: '/team' });
  return printed(issues).filter((line) => line.startsWith('firebreak.yaml:'));
};

test.each([
  ['nothing at all', ''],
  ['a file', 'bulletin: { file: /srv/status.txt }\n'],
  ['a file that others may read', 'bulletin: { file: /srv/status.txt, readable_by: everyone }\n'],
  ['a channel', 'bulletin: { slack: { connector: room, channel: "#managers" } }\n'],
])('%s gets the line for managers', async (_, text) => {
  expect(await linted(text)).toEqual([]);
});

test.each([
  [
    'nobody',
    'bulletin: { every_minutes: 10 }\n',
    '10:11  FB071  error  nobody gets this line (name a `file`, or a channel as `slack`)',
  ],
  [
    'a path from nowhere',
    'bulletin: { file: status.txt }\n',
    '10:19  FB071  error  write the whole path, from the root',
  ],
  [
    'readers of no file',
    'bulletin: { readable_by: everyone, slack: { connector: room, channel: "#m" } }\n',
    '10:26  FB071  error  there is no `file` that it could be about',
  ],
  [
    'a channel of what is no chat',
    'bulletin: { slack: { connector: meta-main, channel: "#m" } }\n',
    '10:33  FB071  error  `meta-main` is no connector of the kind slack',
  ],
  [
    'a connector that is not there',
    'bulletin: { slack: { connector: rom, channel: "#m" } }\n',
    '10:33  FB004  error  there is no connector in firebreak.yaml `rom` (did you mean `room`?)',
  ],
])('%s is told with its place', async (_, text, told) => {
  expect(await linted(text)).toEqual([`firebreak.yaml:${told}`]);
});
