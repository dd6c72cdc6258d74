/** A file system takes 255 bytes; what is written beside the file for a moment has a name 30 bytes longer. */
const BYTES_MAX = 200;

/** Devices of Windows, whatever ending they are given; the raised digits count as digits there. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;

/**
 * One file name made of foreign words: letters, digits, `.`, `_` and `-` of any script in NFC; no folder in it, hidden in no
 * listing, no option to a command, no device. Empty when nothing of it is left.
 */
export const fileName = (text: string): string => {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}\p{M}._-]+|\p{Default_Ignorable_Code_Point}+/gu, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^[-.\p{M}]+|[-.]+$/gu, '');
  return shortened(RESERVED.test(plain) ? `_${plain}` : plain);
};

/** Equal for two names that some file system takes for one: macOS ignores case and how an accent is written. */
export const sameNameKey = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');

/** Cut between characters, the ending kept. */
function shortened(name: string): string {
  if (bytesOf(name) <= BYTES_MAX) return name;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  let out = '';
  let bytes = bytesOf(ending);
  for (const char of name.slice(0, name.length - ending.length)) {
    bytes += bytesOf(char);
    if (bytes > BYTES_MAX) break;
    out += char;
  }
  return `${out.replace(/[-.]+$/, '')}${ending}`;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength;
