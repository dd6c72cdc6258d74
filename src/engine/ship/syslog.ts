import { utf8 } from '../../base/hash.ts';
import { formatUtc, type Instant } from '../../base/instant.ts';
import type { Files } from '../../io/files.ts';
import type { TlsServer } from '../../io/tls.ts';
import { limits } from '../../model/limits.ts';
import type { SecretRef } from '../../model/secret.ts';
import type { World } from '../world.ts';

/** One message of a log: `id` says what kind it is. */
export type SyslogMessage = Readonly<{ id: string; text: string; at: Instant }>;

/** Facility 13 (log audit), severity 5 (notice). */
const PRIORITY = 13 * 8 + 5;

/** RFC 5424 in the frames of RFC 5425: each with its length in bytes before it. The host is left to the server, which sees it. */
export const syslogFrames = (messages: readonly SyslogMessage[]): string =>
  messages
    .map(({ id, text, at }) => {
      const message = `<${PRIORITY}>1 ${formatUtc(at)} - firebreak - ${id} - ${text}`;
      return `${utf8(message).length} ${message}`;
    })
    .join('');

const PORT = 6514;

/** A server as firebreak.yaml names it. */
type Named = Readonly<{
  syslog: string;
  port?: number | undefined;
  ca?: string | undefined;
  cert?: string | undefined;
  key?: SecretRef | undefined;
}>;

/** Where a configured syslog server answers, with what it takes to be let in. */
export const syslogServer = async (
  { world, files }: Readonly<{ world: World; files: Files }>,
  { syslog: host, port = PORT, ca, cert, key }: Named,
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
