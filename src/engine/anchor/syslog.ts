import { utf8 } from '../../base/hash.ts';
import { sendTls, type TlsServer } from '../../io/tls.ts';
import type { Anchor } from '../../model/anchor.ts';
import { limits } from '../../model/limits.ts';
import { syslogFrames } from '../ship/syslog.ts';
import type { Place, Reach } from './place.ts';

type Syslog = Extract<Anchor, { syslog: string }>;

const PORT = 6514;

/** Where a configured syslog server answers, with what it takes to be let in. */
const syslogServer = async (
  { world, files }: Pick<Reach, 'world' | 'files'>,
  { syslog: host, port = PORT, ca, cert, key }: Syslog,
  name: string,
): Promise<TlsServer> => ({
  host,
  port,
  ca: ca === undefined ? null : files.readText(ca, limits.pemBytesMax),
  own:
    cert === undefined || key === undefined
      ? null
      : {
          cert: files.readText(cert, limits.pemBytesMax),
          key: (await world.secrets.resolve(key, `${name}.key`)).use(),
        },
});

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
