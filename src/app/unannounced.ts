import { Buffer } from 'node:buffer';
import { formatMailDate, instant } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { visible } from '../base/text.ts';
import { systemMail } from '../io/mail.ts';
import type { LineSockets } from '../io/socket.ts';
import type { Consent } from '../model/consent.ts';
import type { Fresh } from '../model/event.ts';
import type { Base } from './base.ts';
import { incidentFolder } from './base.ts';
import { joinCommand } from './drill-words.ts';
import { seatPath } from './facilitating.ts';
import { takeOffered } from './seat.ts';
import { summaries } from './summaries.ts';

/** A drill that nobody was told of: begun by a clock, paged on this machine alone, and taken over by whoever comes. */

export const consentedTo = ({ id, by, recorded_at: given, until }: Consent): Fresh => ({
  kind: 'drill.consented',
  pub: { consent: id, given: instant(given), until },
  priv: { by: { class: 'staff', value: by } },
});

/** Nobody's: what forwards it on this machine knows who is on call. */
const TO = 'on-call@drill.invalid';
const FROM = 'firebreak@drill.invalid';

export type Page = Readonly<{
  id: string;
  title: string;
  runbook: string;
  /** What has arrived by then, or the story where nothing has. */
  says: string;
  at: Instant;
}>;

const letterOf = ({ id, title, runbook, says, at }: Page): Uint8Array => {
  const lines = [
    `From: firebreak drill <${FROM}>`,
    `To: ${TO}`,
    `Subject: DRILL page: ${title}`,
    `Date: ${formatMailDate(at)}`,
    `Message-ID: <${id}@drill.invalid>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
  ];
  const text = [
    'THIS IS A DRILL that nobody was told of. Nothing live can be reached in it.',
    '',
    says.trim(),
    '',
    `Join: ${joinCommand(runbook)}`,
    'Something real has happened? firebreak drill stop --real-event',
  ].join('\r\n');
  const body = Buffer.from(text, 'utf8').toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return Buffer.from([...lines.map((line) => visible(line)), body, ''].join('\r\n'), 'utf8');
};

/** Null where it was taken; else why not, in words. The drill goes on all the same. */
export const pageOnCall = async (page: Page, url: string): Promise<string | null> => {
  const { hostname, port } = new URL(url);
  const raw = letterOf(page);
  try {
    const line = await systemMail('loopback-only').connect({
      host: hostname.replaceAll(/[[\]]/g, ''),
      port: Number(port),
      security: 'none',
      caFile: null,
      login: null,
    });
    try {
      const handed = await line.send({ from: FROM, to: TO, raw });
      return handed.is === 'accepted' ? null : handed.says;
    } finally {
      line.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** How long the program that waited may take to let go. */
const LETS_GO_MS = 10_000;
const LOOK_MS = 100;

/** A drill of this runbook that waits for its players in another program is let go there, so that it goes on here. */
export const takeWaiting = async (base: Base, sockets: LineSockets, runbook: string): Promise<void> => {
  const open = summaries(base, true).readable.filter(
    (one) => one.phase === 'open' && one.runbook === runbook,
  );
  for (const { id } of open) {
    if (!(await takeOffered(base, sockets, id))) continue;
    // Its chair goes first and its lease last.
    const chair = seatPath(incidentFolder(base.home, id, true));
    const isHeld = (): boolean =>
      base.files.exists(chair) || summaries(base, true).readable.some((one) => one.id === id && one.held);
    for (let waited = 0; waited < LETS_GO_MS && isHeld(); waited += LOOK_MS) await base.clock.sleep(LOOK_MS);
    return;
  }
};
