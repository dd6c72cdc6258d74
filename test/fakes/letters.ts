import { fakePapers } from './company.ts';
import { fakeLetting } from './letting.ts';
import { fakeMerging, fakeSending, type FakeMail, type MailParts } from './mailing.ts';
import { fakeScope, type FakeScope, type ScopeParts } from './scope.ts';

export type FakeAbout = Readonly<{ mail?: FakeMail; scope?: FakeScope }>;

/** All that an incident of memory does with letters, and with those whom they are for. */
export const fakeLetters = (
  drill: boolean,
  parts: MailParts & ScopeParts,
  { mail = {}, scope = {} }: FakeAbout = {},
) => ({
  ...fakePapers,
  ...fakeLetting(drill),
  ...fakeMerging(mail),
  mail: fakeSending(parts, mail),
  scope: fakeScope(parts, scope),
});
