import { sha256Hex, toHex } from '../../base/hash.ts';
import { publicPem } from '../../journal/pem.ts';
import { treeRoot } from '../../journal/merkle.ts';
import type { BundleSource } from './contents.ts';
import { GO_BUILD, GO_RUN, OPENSSL, OPENSSL_TS, SH_JQ, SHA256SUM, SQLITE, SSH_KEYGEN } from './commands.ts';
import { goCheck } from './go-check.ts';

/**
 * `VERIFY.md`: how somebody who has nothing of ours checks a bundle. Its commands are run by `npm run test:outside` as they stand
 * here, so they cannot drift from what is true.
 */
export function guide(source: BundleSource): string {
  const { origin, size, node, publicKey, incident, drill } = source;
  const what = drill ? 'a DRILL: nothing in it happened outside a rehearsal' : 'a live incident';
  return `# How to verify this bundle

This is the journal of ${incident}, ${what}. It has ${size} entries. You need no firebreak and no network to check it.

| What                                | Value                                                              |
| ----------------------------------- | ------------------------------------------------------------------ |
| log                                 | ${origin} |
| root over ${String(size).padEnd(26)}| ${toHex(treeRoot(size, node))} |
| SHA-256 of pub.pem                  | ${sha256Hex(publicPem(publicKey))} |

**Ask the person who gave you this bundle for the SHA-256 of \`pub.pem\` by another way**: on paper, by telephone, from an earlier
checkpoint. Somebody who forges everything with a key of their own passes every check below but that one.

${FILES}

${BLOCKS}`;
}

const FILES = `## What there is

| File                    | What                                                                                         |
| ----------------------- | -------------------------------------------------------------------------------------------- |
| \`checkpoint\`            | number of entries and root of their tree (C2SP tlog-checkpoint), signed by the key of the machine and by one that changes with time: \`.../epoch/N\` |
| \`entries/\`              | every entry, byte for byte as it was hashed; names, free text and secrets are commitments only |
| \`tile/\`                 | the tree and the entries once more, as log programs read them (C2SP tlog-tiles)               |
| \`proofs/\`               | that an entry is in the tree (\`.tlog-proof\`), that the tree only grew (\`.consistency\`)        |
| \`anchors/\`              | checkpoints that left the machine, what was answered, who signed beside                        |
| \`origins/\`              | only where it came from another machine: the last checkpoint of each, and their public key     |
| \`approvals/\`            | what a second person signed, who, and the signature; \`allowed_signers\` has their keys         |
| \`journal.sqlite\`        | the database itself, without the keys that open what is sealed                                |
| \`manifest.dsse.json\`    | signed list of everything outside \`entries/\` and \`tile/\`, which the root covers by itself      |

## Which tool sees what

| Change                                      | Refused by                              |
| ------------------------------------------- | --------------------------------------- |
| an entry edited, moved, left out            | sh and jq, sqlite3, Go (through \`tile/\`) |
| size, root or origin of the checkpoint      | openssl, sh and jq, Go                  |
| a signature, the public key                 | openssl, Go                             |
| who went on in it, or a checkpoint in \`origins/\` | openssl, Go                     |
| a tile or a proof                           | Go; a proof also sha256sum              |
| a row of the database                       | sqlite3, sha256sum                      |
| an approval, an anchor, this text           | sha256sum; ssh-keygen, openssl ts       |
| a file missing or added                     | sha256sum, Go for tiles                 |
| all of it made anew with another key        | only you, by the SHA-256 of \`pub.pem\`   |
| entries after the last one, never handed out | only an anchor with a larger size       |`;

const BLOCKS = `## Where it came from another machine

One entry then hands the journal over and names a key, and the next one, \`origin.changed\`, goes on under that key and under another
name: from whom, after how many entries, under which root. Numbers and tree go on. \`pub.pem\` is the key of whoever wrote last; what
was written before is signed by those in \`origins/\`, and blocks 1 and 5 check that nobody signed in the name of another.

Each block below is run with \`sh -eu\` in the folder of the bundle. It is silent or prints what it verified; it fails with
a message and another exit code than 0. Debian: \`apt install openssl jq xxd sqlite3 openssh-client golang golang-golang-x-mod-dev\`.

## 1. openssl: who signed

\`\`\`sh
${OPENSSL}
\`\`\`

## 2. sha256sum: the list is complete and nothing is beside it

\`\`\`sh
${SHA256SUM}
\`\`\`

## 3. sh and jq: every entry follows the one before, and all of them give the root

\`\`\`sh
${SH_JQ}
\`\`\`

## 4. sqlite3: the rows of the database are these entries

\`\`\`sh
${SQLITE}
\`\`\`

## 5. Go: signature, root, tiles and proofs, by the code that guards every Go module

\`\`\`sh
${GO_BUILD}
\`\`\`

\`\`\`sh
${GO_RUN}
\`\`\`

## 6. ssh-keygen: who approved

\`\`\`sh
${SSH_KEYGEN}
\`\`\`

## 7. openssl ts: when a time-stamping authority saw a checkpoint

\`TSA_CA\` names the certificate of the authority, which you get from them, not from this bundle.

\`\`\`sh
${OPENSSL_TS}
\`\`\`

## One entry without the rest

\`firebreak journal disclose\` writes a file with one entry, its proof, and, where chosen, private fields in clear with the secret
that their commitment was made with. The file says how it is checked.

## The program of block 5

\`\`\`go
${goCheck}\`\`\`
`;
