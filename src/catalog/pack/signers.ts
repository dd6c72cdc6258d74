import { checkSshsig, parseSshKey, sshFingerprint } from '../../base/sshsig.ts';
import { visible } from '../../base/text.ts';
import { PACK_NAMESPACE } from './manifest.ts';

/** Whose packs this team runs without the word UNSIGNED: lines as in `allowed_signers` of OpenSSH. */
export type Signer = Readonly<{ name: string; key: string }>;

/** `ada ssh-ed25519 AAAA...`; an option other than `namespaces` limits a key in a way that is not kept here, so its line counts for nobody. */
export const parseSigners = (text: string): readonly Signer[] =>
  text.split('\n').flatMap((line): readonly Signer[] => {
    const [, name, option, key] =
      /^\s*([^\s#]\S*)\s+(?:(namespaces="[^"]*")\s+)?(\S+\s+\S+)/.exec(line) ?? [];
    const found = key === undefined ? null : parseSshKey(key);
    if (name === undefined || found === null) return [];
    const namespaces = option?.slice('namespaces="'.length, -1).split(',') ?? [PACK_NAMESPACE];
    return namespaces.includes(PACK_NAMESPACE) ? [{ name, key: found.line }] : [];
  });

/** Who signed it, or in a clause why it counts as unsigned. */
export type Signed = Readonly<{ signer: string }> | Readonly<{ signer: null; why: string }>;

export const signedBy = (
  { text, signature }: Readonly<{ text: string; signature: string | null }>,
  signers: readonly Signer[],
): Signed => {
  if (signature === null) return { signer: null, why: 'it has no signature' };
  const checked = checkSshsig(signature, text, PACK_NAMESPACE);
  if (!checked.ok) {
    const why = {
      'not-a-signature': 'its signature is none',
      'other-namespace': 'its signature was made for something else',
      'does-not-fit': 'its signature does not fit',
    }[checked.why];
    return { signer: null, why };
  }
  const found = signers.find(({ key }) => key === checked.key.line);
  return found === undefined
    ? { signer: null, why: `nobody here is known by its key ${sshFingerprint(checked.key.blob)}` }
    : { signer: visible(found.name) };
};
