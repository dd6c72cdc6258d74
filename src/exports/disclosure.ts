import { Buffer } from 'node:buffer';
import { toBase64, toHex } from '../base/hash.ts';
import { inclusionProof, type ReadNode } from '../journal/merkle.ts';
import { publicPem } from '../journal/pem.ts';
import { formatInclusion } from '../journal/proof.ts';
import type { Disclosed } from '../journal/seal.ts';

/** One entry of a journal for somebody who gets nothing else of it, with the private fields that were chosen. */
export type Disclosure = Readonly<{
  leaf: Uint8Array;
  n: number;
  size: number;
  note: string;
  node: ReadNode;
  publicKey: Uint8Array;
  fields: readonly (Disclosed & Readonly<{ name: string }>)[];
}>;

/** JSON that says itself how it is checked, with openssl, jq, xxd and sha256sum alone. */
export function encodeDisclosure({ leaf, n, size, note, node, publicKey, fields }: Disclosure): string {
  return `${JSON.stringify(
    {
      schema: 'firebreak.disclosure/v1',
      entry: Buffer.from(leaf).toString('utf8'),
      proof: formatInclusion({ index: n, proof: inclusionProof(n, size, node), note }),
      public_key: publicPem(publicKey),
      fields: fields.map(({ name, plaintext, secret }) => ({
        name,
        base64: toBase64(plaintext),
        secret: toHex(secret),
      })),
      check: CHECK.split('\n'),
    },
    null,
    1,
  )}\n`;
}

/** Run as `jq -r '.check[]' FILE > check.sh; sh -eu check.sh FILE`. The walk up the tree is that of RFC 9162, 2.1.3.2. */
const CHECK = String.raw`# jq -r '.check[]' FILE > check.sh, read it, then: sh -eu check.sh FILE. Ask for the SHA-256 of the public key by another way.
w=$(mktemp -d); trap 'rm -rf "$w"' EXIT
jq -j .entry "$1" > "$w/entry"
jq -j .public_key "$1" > "$w/pub.pem"
jq -j .proof "$1" > "$w/proof"
sed '1,/^$/d' "$w/proof" > "$w/checkpoint"
# Who signed the checkpoint.
head -n 3 "$w/checkpoint" > "$w/text"
grep -F "— $(head -n 1 "$w/text") " "$w/checkpoint" | cut -d ' ' -f 3 | base64 -d | tail -c +5 > "$w/signature"
openssl pkeyutl -verify -pubin -inkey "$w/pub.pem" -rawin -in "$w/text" -sigfile "$w/signature"
# The entry is of this log and has this number.
index=$(sed -n 's/^index //p' "$w/proof")
[ "$(jq -r '"\(.log) \(.n)"' "$w/entry")" = "$(head -n 1 "$w/text") $index" ]
# From the entry up to the root.
hash=$({ printf '\000'; cat "$w/entry"; } | sha256sum | cut -c 1-64)
node() { { printf '\001'; printf %s "$1$2" | xxd -r -p; } | sha256sum | cut -c 1-64; }
last=$(($(sed -n 2p "$w/text") - 1))
for step in $(sed -n '3,/^$/p' "$w/proof"); do
  step=$(printf %s "$step" | base64 -d | xxd -p -c 32)
  [ "$last" -gt 0 ]
  if [ $((index % 2)) -eq 1 ] || [ "$index" -eq "$last" ]; then
    hash=$(node "$step" "$hash")
    while [ $((index % 2)) -eq 0 ] && [ "$index" -ne 0 ]; do index=$((index / 2)); last=$((last / 2)); done
  else
    hash=$(node "$hash" "$step")
  fi
  index=$((index / 2)); last=$((last / 2))
done
[ "$last" -eq 0 ]
[ "$hash" = "$(sed -n 3p "$w/text" | base64 -d | xxd -p -c 32)" ]
# Each disclosed field is what the entry commits to.
count=$(jq '.fields | length' "$1"); i=0
while [ "$i" -lt "$count" ]; do
  field() { jq -j ".fields[$i].$1" "$2"; }
  name=$(field name "$1")
  made=$({ printf 'firebreak/commit/v1\000'; field secret "$1" | xxd -r -p; field base64 "$1" | base64 -d; } | sha256sum | cut -c 1-64)
  [ "$(jq -r --arg name "$name" '.priv[] | select(.name == $name) | .pc' "$w/entry")" = "$made" ]
  i=$((i + 1))
done
echo verified`;
