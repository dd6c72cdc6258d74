import { utf8 } from '../../base/hash.ts';
import { sendTls } from '../../io/tls.ts';
import type { Anchor } from '../../model/anchor.ts';
import { syslogFrames, syslogServer } from '../ship/syslog.ts';
import type { Place, Reach } from './place.ts';

type Syslog = Extract<Anchor, { syslog: string }>;

/** A log server answers nothing, so this is a copy: what it has can be compared later, and is never taken for granted. */
export const syslogPlace = (reach: Reach, anchor: Syslog, name: string): Place => ({
  kind: 'syslog',
  back: { is: 'never' },
  put: async ({ note, size }, signal) => {
    const { world } = reach;
    const message = {
      id: 'checkpoint',
      text: JSON.stringify({ checkpoint: note, size }),
      at: world.clock.now(),
    };
    await sendTls(await syslogServer(reach, anchor, name), utf8(syslogFrames([message])), {
      wall: world.wall,
      signal,
      ...(world.busy === undefined ? {} : { busy: world.busy }),
    });
    return { place: {}, proof: null };
  },
});
