import { openApp } from '../../app/wire.ts';
import { openLedger } from '../../app/ledger.ts';
import type { Instant } from '../../base/instant.ts';
import { systemClock } from '../../io/clock.ts';
import { systemFiles } from '../../io/files.ts';
import { systemRandom } from '../../io/random.ts';
import { loadOrCreateKeys } from '../../journal/keys.ts';
import { openJournal } from '../../journal/store.ts';
import type { Fresh } from '../../model/event.ts';
import { homeIn, type Home } from './home.ts';

export type LongHome = Home & Readonly<{ journal: string }>;

/** As bulk work writes them: so many share a transaction, and with it a checkpoint. */
const TOGETHER = 1000;
/** Of so many entries one is a person's note, which is sealed; the others are a watch that asks again whether a token is dead. */
const NOTE_EACH = 10;

/** A data folder with one live incident of this many entries, as declared by the program and then lived in for long. */
export async function makeLongHome(packageRoot: string, folder: string, entries: number): Promise<LongHome> {
  const env = homeIn(folder);
  const app = await openApp({ packageRoot, env, cwd: folder, as: 'ana', zone: null, definitions: 'now' });
  const { id } = await app.declare({
    runbook: 'leaked-whatsapp-token',
    title: 'Token of the WhatsApp account in a public repository',
  });
  await app.close();
  const data = `${folder}/data`;
  const path = `${data}/incidents/${id}/journal.sqlite`;
  const random = systemRandom();
  const keys = loadOrCreateKeys(`${data}/keys`, systemFiles(), random);
  const journal = openJournal({ path, clock: systemClock(), random, keys });
  try {
    const ledger = openLedger(journal, 'ana');
    for (let n = journal.size(); n < entries; n = journal.size())
      await ledger.append(Array.from({ length: Math.min(TOGETHER, entries - n) }, (_, i) => lived(n + i)));
  } finally {
    journal.close();
  }
  return { incident: id, entries, env, journal: path };
}

const AT = Date.UTC(2026, 10, 20, 2, 14) as Instant;

const lived = (n: number): Fresh =>
  n % NOTE_EACH === 0
    ? {
        kind: 'note.added',
        pub: { at: AT, star: false, corrects: null },
        priv: {
          text: {
            class: 'staff',
            value: `Note ${n}: what the duty desk said about conversation ${n * 37}, and why`,
          },
        },
      }
    : {
        kind: 'act.verified',
        pub: {
          intent: 41,
          step: 'revoke-token',
          target: 'support-channel-token',
          proof: 'proved',
          http: 401,
          at: AT,
        },
      };
