/** Octets of an address at the most (RFC 5321, 4.5.3.1, with its erratum 1690). */
export const MAIL_MAX = 254;

/** Nearly all there are; the other one is slower and knows every script. */
const PLAIN = /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)+$/;
/** RFC 5321 without quoted local parts and address literals, which no customer has. */
const ANY =
  /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,64}@(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/** Whether mail can be sent to it: one address, no name before it, nothing that ends a header. */
export const isMailAddress = (text: string): boolean =>
  text.length <= MAIL_MAX && (PLAIN.test(text) || ANY.test(text));
