import { checkSshsig, sshFingerprint } from '../base/sshsig.ts';
import { APPROVAL_NAMESPACE, approvalText } from '../base/approval.ts';
import { bothTimes } from './facts.ts';
import { joined, type Names, type Of, type Private, type Sentence } from './sentence.ts';

/** Sentences of what people agreed to, were asked for, or were refused. Whether a signature holds is said, never assumed. */

type AgreedKind =
  | 'person.known'
  | 'approval.asked'
  | 'approval.given'
  | 'approval.used'
  | 'review.given'
  | 'command.refused';

export function agreed(entry: Of<AgreedKind>, own: Private, { zone, steps, state }: Names): Sentence {
  const title = (id: string): string => steps.get(id)?.title ?? id;
  switch (entry.kind) {
    case 'person.known': {
      const { person, roles, keys } = entry.pub;
      return {
        what: `${person} is known as ${roles.length === 0 ? 'a colleague' : roles.join(', ')}`,
        detail: joined(own('name'), keys.length === 0 ? 'no key' : count(keys.length, 'key')),
      };
    }
    case 'approval.asked': {
      const { step, need, expires_at, targets } = entry.pub;
      return {
        what: `Asked ${count(need, 'other person', 'other people')} to approve ${title(step)}`,
        detail: joined(targets.join(', '), `expires ${bothTimes(expires_at, zone)}`),
      };
    }
    case 'approval.given': {
      const { asked, person, signature } = entry.pub;
      const request = state.asked.get(asked);
      const holds = request?.given.some(({ n }) => n === entry.n) === true;
      const what = `${request === undefined ? `entry ${asked}` : title(request.step)}`;
      return holds
        ? {
            what: `${person} approved ${what} (request: entry ${asked})`,
            detail: keyOf(signature, request.hash),
            result: 'approved',
            outcome: 'ok',
          }
        : {
            what: `NOT VALID: an approval of ${what} in the name of ${person}`,
            result: 'not valid',
            outcome: 'fail',
          };
    }
    case 'approval.used':
      return {
        what: `Begun under the approval asked for in entry ${entry.pub.asked}`,
        detail: `given in ${entry.pub.given.join(', ')}`,
      };
    case 'review.given': {
      const { override, person, agrees, signature } = entry.pub;
      const holds = state.overrides.some(({ review }) => review?.n === entry.n);
      const what = `${person} ${agrees ? 'agrees with' : 'DISAGREES with'} the override in entry ${override}`;
      return {
        what: holds ? what : `NOT VALID: ${what}`,
        why: own('comment'),
        detail: signature === null ? 'not signed' : 'signed',
      };
    }
    case 'command.refused': {
      const { command, step, rule } = entry.pub;
      return {
        what: `Refused: ${command.replaceAll('-', ' ')}${step === null ? '' : ` at ${title(step)}`} (${rule.replaceAll('-', ' ')})`,
        result: 'refused',
      };
    }
  }
}

const count = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

function keyOf(signature: string, hash: string): string {
  const check = checkSshsig(signature, approvalText(hash), APPROVAL_NAMESPACE);
  return check.ok ? `key ${sshFingerprint(check.key.blob)}` : '';
}
