/**
 * What a mail server says of a letter afterwards (RFC 3464), read from a message as a mail program saves it. Foreign text: nothing of it is
 * believed but the name of one of our letters and a status.
 */
export type Returned = Readonly<{ key: string; status: string; lasting: boolean; says: string }>;

/** More than a page of diagnosis and the head of a letter is somebody's attachment. */
const MESSAGE_MAX = 512 * 1024;
const SAYS_MAX = 300;

/** Messages in a file: one, or as many as an mbox holds. */
export const messagesIn = (text: string): readonly string[] =>
  text.startsWith('From ') ? text.split(/\n(?=From )/) : text.trim() === '' ? [] : [text];

const field = (text: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*([^\\r\\n]{0,2000}(?:\\r?\\n[ \\t][^\\r\\n]{0,2000}){0,20})`, 'im').exec(
    text,
  )?.[1] ?? null;

/** Null where the message reports of no letter that did not arrive: an answer, a note of absence, a receipt. */
export function returnedIn(message: string): Returned | null {
  const text = message.slice(0, MESSAGE_MAX);
  const report = /^content-type:\s*message\/(?:global-)?delivery-status/im.exec(text);
  if (report === null) return null;
  const told = text.slice(report.index);
  const action = field(told, 'action')?.trim().toLowerCase() ?? '';
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(field(told, 'status')?.trim() ?? '')?.[0];
  if (status === undefined || (action !== 'failed' && action !== 'delayed')) return null;
  // The report names the letter in the head that it returns, or as what it answers to.
  const key =
    keyIn(field(told, 'message-id')) ?? keyIn(field(text, 'in-reply-to')) ?? keyIn(field(text, 'references'));
  if (key === null) return null;
  const says = (field(told, 'diagnostic-code') ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, SAYS_MAX);
  return { key, status, lasting: action === 'failed', says };
}

const keyIn = (names: string | null): string | null => /<([0-9a-f]{32})@/.exec(names ?? '')?.[1] ?? null;
