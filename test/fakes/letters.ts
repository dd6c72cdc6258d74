import { fakePapers } from './company.ts';
import { fakeLetting } from './letting.ts';
import { fakeMerging, fakeSending, type FakeMail, type MailParts } from './mailing.ts';
import { fakeScope } from './scope.ts';

/** All that an incident of memory does with letters, and with those whom they are for. */
export const fakeLetters = (drill: boolean, parts: MailParts, mail: FakeMail = {}) => ({
  ...fakePapers,
  ...fakeLetting(drill),
  ...fakeMerging(mail),
  mail: fakeSending(parts, mail),
  scope: fakeScope,
});
