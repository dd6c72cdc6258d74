/** Octets of an address at the most (RFC 5321, 4.5.3.1, with its erratum 1690). */
export const MAIL_MAX = 254;

/** Nearly all there are; the other one is slower and knows every script. */
const PLAIN = /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)+$/;
/** RFC 5321 without quoted local parts and address literals, which no customer has. */
const ANY =
  /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,64}@(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

const [AT, DOT, HYPHEN] = [64, 46, 45];
const bytesThat = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) =>
    byte < 128 && pattern.test(String.fromCharCode(byte)) ? 1 : 0,
  );
const [LOCAL, DOMAIN] = [bytesThat(/[A-Za-z0-9._+-]/), bytesThat(/[A-Za-z0-9-]/)];

/** Of an address of the usual kind, as it lies in bytes; what it says no to may be one all the same. */
export function isUsualAddress(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && LOCAL[bytes[at] ?? 0] === 1) at += 1;
  if (at === from || at - from > 64 || to - from > MAIL_MAX || bytes[at] !== AT) return false;
  let [labels, begin] = [0, at + 1];
  for (at = begin; at <= to; at++) {
    if (at < to && bytes[at] !== DOT) {
      if (DOMAIN[bytes[at] ?? 0] !== 1) return false;
      continue;
    }
    if (at === begin || bytes[begin] === HYPHEN || bytes[at - 1] === HYPHEN) return false;
    labels += 1;
    begin = at + 1;
  }
  return labels > 1;
}

/** Whether mail can be sent to it: one address, no name before it, nothing that ends a header. */
export const isMailAddress = (text: string): boolean =>
  text.length <= MAIL_MAX && (PLAIN.test(text) || ANY.test(text));
