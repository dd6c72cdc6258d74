/** The name that was probably meant: for "did you mean". */

/** Edits between two words, a swap of neighbours counting as one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const LONGEST = 60;

/** The closest candidates, best first; none when nothing is close enough to be a slip of the fingers. */
export function nearest(word: string, candidates: Iterable<string>, most = 1): readonly string[] {
  if (word.length > LONGEST) return [];
  const plain = word.toLowerCase();
  return [...new Set(candidates)]
    .filter((candidate) => candidate.length <= LONGEST)
    .map((candidate) => {
      const name = candidate.toLowerCase();
      // `revoke` for `revoke-token` is not a slip but a shortening: as likely, so it counts as near.
      const shortened =
        plain.length >= 4 && (name.startsWith(plain) || plain.startsWith(name) || name.includes(plain));
      return { candidate, far: shortened ? 1 : distance(plain, name) };
    })
    .filter(
      ({ candidate, far }) => far <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3)),
    )
    .toSorted((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** `did you mean `x`?`, or a list of all there is when it is short, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...new Set(candidates)];
  const [near] = nearest(word, all);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (all.length === 0 || all.length > 8) return undefined;
  return `there is ${all
    .toSorted()
    .map((one) => `\`${one}\``)
    .join(', ')}`;
}
