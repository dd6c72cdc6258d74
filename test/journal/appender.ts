/** A process that appends until it is ended. `appender.ts PATH COUNT NAME`: prints each entry's number once it is durable. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/io/clock.ts';
import { systemRandom } from '../../src/io/random.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import { openJournal } from '../../src/journal/store.ts';

const [path = '', count = '0', name = ''] = process.argv.slice(2);
const keys = { signer: signerFromSeed(Buffer.alloc(32, 7)), kek: Buffer.alloc(32, 9) };
const journal = openJournal({ path, clock: systemClock(), random: systemRandom(), keys });
for (let i = 0; i < Number(count); i += 1) {
  const priv = { text: { class: 'staff', value: `${name} ${i}` } };
  const [entry] = await journal.append([{ kind: 'note', actor: name, pub: { i }, priv }]);
  writeSync(1, `${entry?.n} ${i}\n`);
}
journal.close();
