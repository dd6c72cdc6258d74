import { utf8 } from '../../base/hash.ts';
import { formatUtc, type Instant } from '../../base/instant.ts';

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
