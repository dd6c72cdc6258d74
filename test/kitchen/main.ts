import { parseArgs } from 'node:util';
import { exhibits } from './exhibits.ts';
import { modes, type ModeName } from './modes.ts';
import { printed } from './print.ts';

const { values } = parseArgs({
  options: {
    text: { type: 'boolean', default: false },
    pictures: { type: 'string' },
    only: { type: 'string', default: '' },
    state: { type: 'string', default: '' },
    mode: { type: 'string', default: '80x24' },
  },
});
const mode = (Object.keys(modes) as ModeName[]).find((one) => one === values.mode) ?? '80x24';
for await (const text of printed(exhibits, { ...values, mode })) process.stdout.write(text);
