import type { Encoding, Separator } from './fault.ts';

/** How a file seems to be written, from its first bytes: a mark at the beginning, else UTF-8 where it is that, else Windows-1252. */
export function sniffCsv(head: Uint8Array): Readonly<{ encoding: Encoding; separator: Separator }> {
  const encoding = encodingOf(head);
  return { encoding, separator: separatorOf(new TextDecoder(encoding).decode(head)) };
}

function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Plain letters in UTF-16 have a zero in every other byte; other text has none at all.
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  if ((zeros[0] ?? 0) + (zeros[1] ?? 0) > head.length / 4)
    return (zeros[0] ?? 0) > (zeros[1] ?? 0) ? 'utf-16be' : 'utf-16le';
  // The last character may be cut: what is left of it is none of its business.
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  const wrong = text.split('\uFFFD').length - 1;
  // Some rows of another encoding do not make the whole file one: those are said to be wrong, one by one.
  return wrong === 0 || /[\u0080-\uFFFC]/.test(text) ? 'utf-8' : 'windows-1252';
}

/** The one of the three that stands most often in the first line, outside of quotation marks. */
function separatorOf(text: string): Separator {
  const counts: Record<Separator, number> = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && (char === ',' || char === ';' || char === '\t')) counts[char] += 1;
  }
  const order: readonly Separator[] = [',', ';', '\t'];
  return order.reduce((best, one) => (counts[one] > counts[best] ? one : best), ',');
}
