import { toHex, utf8 } from '../base/hash.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { cosignedBy, formatRequest } from '../journal/cosign.ts';
import { limits } from '../model/limits.ts';
import { anchorsOf, type Anchoring } from './anchoring.ts';
import type { AnchorsDoor } from './contract.ts';
import type { IncidentParts } from './parts.ts';

/** The calls about checkpoints that stand elsewhere. */
export const anchorsDoor = (parts: IncidentParts, anchoring: Anchoring): AnchorsDoor => ({
  send: async () => {
    mustHold(parts);
    const sent = await anchoring.flush(limits.anchorAskedMs);
    await anchoring.recheck();
    return { sent, anchors: anchorsOf(parts) };
  },
  checkpoint: (since) => {
    const { journal } = parts;
    const size = journal.size();
    if (since > size) throw new Problem('usage', { why: `there are ${size} entries; --since takes fewer` });
    const proof = since === 0 || since === size ? [] : journal.anchors.proof(since, size);
    const note = journal.checkpoint();
    return { size, vkey: journal.vkey, note, request: formatRequest({ old: since, proof, note }) };
  },
  acknowledge: async (why) => {
    mustHold(parts);
    return await acknowledge(parts, why);
  },
  cosigned: async (text) => await Promise.resolve(text).then((line) => storeCosignature(parts, line)),
});

const mustHold = (parts: IncidentParts): void => {
  if (parts.readOnly) throw new Problem('engine-held', { incident: parts.id });
};

const acknowledge = async (
  { journal, ledger, marks }: IncidentParts,
  why: string,
): ReturnType<AnchorsDoor['acknowledge']> => {
  const done = new Set(
    ledger.sought('journal.acknowledged').map(({ pub }) => `${pub.known_size} ${pub.known_root}`),
  );
  const open = (await marks.known(journal.origin))
    .map((note) => journal.anchors.against(note))
    .flatMap((one) => (one.is === 'shorter' || one.is === 'other' ? [one] : []))
    .map(({ size, root }) => ({ known_size: size, known_root: toHex(root) }))
    .filter((one) => !done.has(`${one.known_size} ${one.known_root}`));
  const accepted = new Set(ledger.sought('key.accepted').map(({ pub }) => pub.lost));
  const lost = ledger
    .state()
    .anchors.alarms.flatMap(({ is, size }) => (is === 'key-lost' && !accepted.has(size) ? [size] : []));
  const priv = { reason: { class: 'staff', value: maskSecrets(why).text } } as const;
  await ledger.append([
    ...open.map((pub) => ({ kind: 'journal.acknowledged', pub, priv }) as const),
    ...lost.map((n) => ({ kind: 'key.accepted', pub: { lost: n }, priv }) as const),
  ]);
  return { remembered: open.map((one) => one.known_size), lost };
};

/** A line says neither whose checkpoint it is over nor how many entries it counts: the newest ones are tried. */
const storeCosignature = (parts: IncidentParts, text: string): Readonly<{ anchor: string; size: number }> => {
  const { journal, frozen, ledger, world, actor } = parts;
  mustHold(parts);
  const line = `${text.split('\n').find((one) => one.startsWith('\u2014 ')) ?? ''}\n`;
  const known = Object.entries(frozen.company.anchors ?? {}).flatMap(([name, anchor]) =>
    'cosigner' in anchor ? [{ name, vkey: anchor.cosigner }] : [],
  );
  if (known.length === 0)
    throw new Problem('usage', {
      why: 'this incident was declared without a cosigner',
      next: 'put `anchors: { second: { cosigner: KEY } }` into firebreak.yaml for the next one; --key of `journal cosign` prints KEY',
    });
  const sizes = journal.anchors.signedSizes(limits.cosignedSizesTried);
  for (const { name, vkey } of known) {
    const notes = sizes.map((size) => ({ size, note: journal.anchors.note(size) ?? '' }));
    const note = cosignedBy(
      line,
      vkey,
      notes.map((one) => one.note),
    );
    const size = notes.find((one) => one.note === note)?.size;
    if (note === null || size === undefined) continue;
    const receipt = {
      anchor: name,
      kind: 'cosigner',
      note,
      place: { key: vkey },
      proof: utf8(line),
    } as const;
    journal.anchors.keep(size, receipt, ({ sha256, seals }) => ({
      kind: 'anchor.made',
      actor,
      pub: { anchor: name, type: 'cosigner', size, seals, receipt_sha256: sha256, at: world.clock.now() },
    }));
    ledger.refresh();
    return { anchor: name, size };
  }
  throw new Problem('not-authorised', {
    why: 'this line is over none of the newest checkpoints here, or by a key that firebreak.yaml does not name',
    next: 'firebreak journal checkpoint gives what is to be cosigned',
  });
};
