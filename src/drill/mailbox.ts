import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { formatMailDate, type Instant } from '../base/instant.ts';
import type { Files } from '../io/files.ts';
import { growing } from '../io/growing.ts';
import { openMailbox, type Mailbox } from '../io/mailbox.ts';

/** Where the letters of a drill arrive: one mailbox for everybody, beside the drill's systems, that any mail program opens. */
export interface DrillMail {
  url(): Promise<string>;
  close(): Promise<void>;
}

const NAME = 'letters.mbox';

export function drillMail(folder: string, files: Files, now: () => Instant): DrillMail {
  let box: Promise<Mailbox> | null = null;
  const path = join(folder, NAME);
  const keep = (message: Uint8Array): void => {
    const stood = files.exists(path) ? (files.info(path)?.bytes ?? 0) : 0;
    const file = growing(path, stood);
    try {
      const day = formatMailDate(now()).slice(0, 25);
      const lines = Buffer.from(message)
        .toString('latin1')
        .replaceAll('\r\n', '\n')
        .replaceAll(/^(>*From )/gm, '>$1');
      file.write(Buffer.from(`From firebreak ${day}\n${lines}\n`, 'latin1'));
      file.sync();
    } finally {
      file.close();
    }
  };
  return {
    url: async () => (await (box ??= openMailbox(keep))).url,
    close: async () => {
      await (await box)?.close();
    },
  };
}
