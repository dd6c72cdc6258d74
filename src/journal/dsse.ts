import { concatBytes, fromBase64, toBase64, utf8 } from '../base/hash.ts';
import { checkEd25519, type Signer } from './checkpoint.ts';

/** DSSE: a signature over a type and bytes, each with its length, so that no two messages read the same. */

export function pae(type: string, body: Uint8Array): Uint8Array {
  return concatBytes(utf8(`DSSEv1 ${utf8(type).length} ${type} ${body.length} `), body);
}

export function sealEnvelope(
  type: string,
  payload: Uint8Array,
  { keyid, signer }: Readonly<{ keyid: string; signer: Pick<Signer, 'sign'> }>,
): string {
  const signatures = [{ keyid, sig: toBase64(signer.sign(pae(type, payload))) }];
  return `${JSON.stringify({ payload: toBase64(payload), payloadType: type, signatures })}\n`;
}

/** The payload, or null unless this is exactly what `sealEnvelope` makes and the key signed it. */
export function openEnvelope(text: string, type: string, publicKey: Uint8Array): Uint8Array | null {
  const found =
    /^\{"payload":"([^"]*)","payloadType":"([^"]*)","signatures":\[\{"keyid":"[^"]*","sig":"([^"]*)"\}\]\}\n$/.exec(
      text,
    );
  const [payload, signature] = [fromBase64(found?.[1] ?? ''), fromBase64(found?.[3] ?? '')];
  if (found === null || found[2] !== type || payload === null || signature === null) return null;
  return checkEd25519(publicKey, pae(type, payload), signature) ? payload : null;
}
