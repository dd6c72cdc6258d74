import type { Contact } from '../model/inventory.ts';

/** Whom a drill asks to be rung in earnest: that the number of whoever is on call is right is found out by nothing else. */
export type OnCall = Readonly<{ contact: string; name: string; phone: string }>;

/** What `for` of a contact says, the likeliest to be on call first. */
const ON_CALL = ['on-call', 'responder', 'commander', 'dpo'];

export const onCall = (contacts: readonly Contact[]): OnCall | null => {
  const found =
    ON_CALL.flatMap((word) => contacts.filter((one) => one.for?.includes(word) ?? false))[0] ?? contacts[0];
  return found === undefined ? null : { contact: found.id, name: found.name, phone: found.phone };
};
