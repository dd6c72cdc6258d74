import { describe, expect, it } from 'vitest';
import {
  cosign,
  cosignedBy,
  cosignerVkey,
  formatRequest,
  judge,
  parseRequest,
} from '../../src/journal/cosign.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import type { Journal } from '../../src/journal/store.ts';
import { newJournal, note } from './journals.ts';
import { vectors } from './vectors.ts';

const witness = signerFromSeed(Buffer.alloc(32, 33));

const grown = (to: number, from?: Journal): Journal => {
  const journal = from ?? newJournal();
  while (journal.size() < to) journal.appendNow([note(journal.size())]);
  return journal;
};
const asked = (journal: Journal, old: number): string =>
  formatRequest({
    old,
    proof: old === 0 || old === journal.size() ? [] : journal.anchors.proof(old, journal.size()),
    note: journal.checkpoint(),
  });

describe('a cosignature', () => {
  it('has the bytes of the published vector', () => {
    const { line, name, seed_hex, signed_message } = vectors['07_cosignature_v1'];
    const time = Number(/^time (\d+)$/m.exec(signed_message)?.[1]);
    const text = signed_message.split('\n').slice(2).join('\n');
    const signer = signerFromSeed(Buffer.from(seed_hex, 'hex'));
    expect(cosign(`${text}\n`, signer, time, name).trimEnd()).toBe(line.trimEnd());
  });

  it('is found again among the checkpoints it could be over, and only by its own key', () => {
    const journal = grown(6);
    const notes = journal.anchors.signedSizes(10).map((size) => journal.anchors.note(size) ?? '');
    const line = cosign(notes[2] ?? '', witness, 1_790_000_000);
    expect(cosignedBy(line, cosignerVkey(witness), notes)).toBe(notes[2]);
    expect(cosignedBy(line, cosignerVkey(signerFromSeed(Buffer.alloc(32, 34))), notes)).toBeNull();
    expect(cosignedBy('not a line', cosignerVkey(witness), notes)).toBeNull();
  });
});

describe('a witness', () => {
  it('reads what it is asked, and a bare note as the first question', () => {
    const journal = grown(9);
    const parsed = parseRequest(asked(journal, 4));
    expect(parsed).toMatchObject({ old: 4, note: journal.checkpoint() });
    expect(parsed?.proof).toEqual(journal.anchors.proof(4, 9));
    expect(parseRequest(journal.checkpoint())).toMatchObject({ old: 0, proof: [] });
    for (const text of ['', 'old', 'old 4\nAAAA\n\nx', 'a note without a signature\n'])
      expect(parseRequest(text)).toBeNull();
  });

  it('vouches only for a log that grew from what it saw', () => {
    const journal = grown(5);
    const { vkey } = journal;
    const seen = journal.checkpoint();
    const ask = (text: string, before: string | null, key = vkey) => {
      const request = parseRequest(text);
      if (request === null) throw new Error('a request');
      return judge(request, key, before);
    };
    expect(ask(asked(journal, 0), null)).toEqual({ is: 'grew' });
    expect(ask(seen, seen)).toEqual({ is: 'grew' });
    grown(11, journal);
    expect(ask(asked(journal, 5), seen)).toEqual({ is: 'grew' });
    expect(ask(journal.checkpoint(), seen)).toEqual({ is: 'needs-proof', seen: 5 });
    expect(ask(asked(journal, 4), seen)).toEqual({ is: 'needs-proof', seen: 5 });
    expect(ask(seen, journal.checkpoint())).toEqual({ is: 'shrank', seen: 11 });
    // Same random bytes and key, so the same origin: a copy that went another way.
    const fork = newJournal();
    fork.appendNow([note(500)]);
    grown(11, fork);
    expect(fork.origin).toBe(journal.origin);
    expect(ask(asked(fork, 5), seen)).toEqual({ is: 'other-story', seen: 5 });
    expect(ask(fork.checkpoint(), journal.checkpoint())).toEqual({ is: 'other-story', seen: 11 });
    expect(ask(seen, null, cosignerVkey(witness))).toEqual({ is: 'not-signed', seen: 0 });
  });
});
