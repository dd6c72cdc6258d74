import { formatUtc } from '../../base/instant.ts';
import { sha256, toBase64 } from '../../base/hash.ts';
import type { Anchor } from '../../model/anchor.ts';
import { fileName, NotAnchored, type Place, type Reach } from './place.ts';
import { signAws } from './sigv4.ts';

type Put = Extract<Anchor, { put: string }>;

/** An object store: put, then got again. With a bucket that locks its objects nobody can take it back, not even its owner. */
export const putPlace = (reach: Reach, anchor: Put, name: string): Place => {
  const send = async (
    method: 'PUT' | 'GET',
    file: string,
    body: string,
    signal: AbortSignal,
  ): Promise<Response> => {
    const url = new URL(`${anchor.put.replace(/\/$/, '')}/${file}`);
    const about =
      method === 'GET'
        ? {}
        : {
            'content-type': 'text/plain; charset=utf-8',
            // A bucket with object lock takes nothing without a checksum.
            'x-amz-checksum-sha256': toBase64(sha256(body)),
          };
    const headers = await authorised(reach, anchor, name, { method, url, headers: about, body });
    return await reach.http.fetch(url, { method, headers, signal, ...(method === 'GET' ? {} : { body }) });
  };
  return {
    kind: 'put',
    put: async (note, signal) => {
      const file = fileName(note);
      const answer = await send('PUT', file, note.note, signal);
      if (!answer.ok) throw new NotAnchored('refused', `the store answered ${answer.status}`);
      return { place: { file }, proof: null };
    },
    back: {
      is: 'read',
      read: async ({ file = '' }, signal) => {
        const answer = await send('GET', file, '', signal);
        if (answer.status === 404) return null;
        if (!answer.ok)
          throw new NotAnchored('refused', `the store answered ${answer.status} when it was read back`);
        return await answer.text();
      },
    },
  };
};

type Asked = Readonly<{ method: string; url: URL; headers: Readonly<Record<string, string>>; body: string }>;

const authorised = async (
  { world }: Reach,
  { region, access_key, secret_key, authorization }: Put,
  name: string,
  asked: Asked,
): Promise<Readonly<Record<string, string>>> => {
  if (authorization !== undefined) {
    const header = await world.secrets.resolve(authorization, `${name}.authorization`);
    return { ...asked.headers, authorization: header.use() };
  }
  if (access_key === undefined || secret_key === undefined) return asked.headers;
  const access = await world.secrets.resolve(access_key, `${name}.access_key`);
  const secret = await world.secrets.resolve(secret_key, `${name}.secret_key`);
  const at = formatUtc(world.clock.now()).replaceAll(/[-:]|\.\d+/g, '');
  return signAws(
    { access: access.use(), secret: secret.use(), region: region ?? 'us-east-1' },
    { ...asked, at },
  );
};
