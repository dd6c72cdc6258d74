import { checkTimestamp, timestampRequest } from '../../journal/timestamp.ts';
import type { Anchor } from '../../model/anchor.ts';
import { limits } from '../../model/limits.ts';
import { NotAnchored, type Place, type Reach } from './place.ts';

type Timestamp = Extract<Anchor, { timestamp: string }>;

/** RFC 3161 over HTTP: the answer itself is the proof, so it is checked at once and kept whole. */
export const timestampPlace = ({ world, files, http }: Reach, { timestamp, ca }: Timestamp): Place => ({
  kind: 'timestamp',
  back: { is: 'proof' },
  put: async ({ note }, signal) => {
    const nonce = world.random.bytes(8);
    const answer = await http.fetch(timestamp, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: Buffer.from(timestampRequest(note, nonce)),
      signal,
    });
    if (answer.status !== 200) throw new NotAnchored('refused', `the authority answered ${answer.status}`);
    const proof = new Uint8Array(await answer.arrayBuffer());
    const pem = ca === undefined ? {} : { ca: files.readText(ca, limits.pemBytesMax) };
    const stamped = checkTimestamp(proof, note, { nonce, ...pem });
    if (!stamped.ok) throw new NotAnchored('differs', `the time stamp does not hold: ${stamped.why}`);
    return { place: { serial: stamped.serial, signer: stamped.signer }, proof };
  },
});
