import type { OpenIncident, SignWith, View } from '../../app/contract.ts';
import { limits } from '../../model/limits.ts';
import { approvalLines, RELEASE } from '../../projections/people.ts';
import { askHidden, reasonFor } from '../ask.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { utcOrNull } from '../words.ts';

/** Lists what waits for a second person, asks for an approval, gives one, or reviews what was done without. */
export const approve: Run = async (context, input) => {
  if (input.flag('make-key')) return await makeKey(context);
  const asks = input.text('ask');
  if (asks !== null) return await askApproval(context, asks);
  const [number] = input.args;
  if (number === undefined) return list(context, await context.incident());
  const entry = Number(number);
  if (!Number.isSafeInteger(entry) || entry < 0) throw usage(`"${number}" is not the number of an entry`);
  if (input.flag('print')) return print(context, await context.incident(), entry);
  const incident = await context.writable();
  return incident.toSign(entry).is === 'request'
    ? await give(context, incident, entry, input)
    : await review(context, incident, entry, input);
};

export async function askApproval(context: Context, step: string): Promise<number> {
  const incident = await context.writable();
  await incident.act({ do: 'ask-approval', step });
  const found = incident.view().people.approvals.find((one) => one.step === step);
  const asked = found?.approval.asked ?? null;
  if (context.print.json) {
    context.print.object('approval-asked', { incident: incident.id, step, asked });
    return 0;
  }
  context.print.line(`ASKED for approval of ${step} in entry ${asked ?? ''}`);
  if (asked !== null) for (const line of howToSign(incident, asked)) context.print.line(line);
  return 0;
}

/** What a colleague elsewhere needs: which act, the entry that says so, the bytes, and the command that signs them. */
function howToSign(incident: OpenIncident, entry: number): readonly string[] {
  const { text, namespace, leaf, is } = incident.toSign(entry);
  const [head = '', hash = ''] = text.split('\n');
  return [
    `  ${is === 'request' ? 'the request' : 'the override'}, as it stands in the journal (entry ${entry}):`,
    `  ${leaf}`,
    '  its hash is SHA-256 over a zero byte and that line; it is what is signed:',
    `  printf '%s\\n' ${head} ${hash} | ssh-keygen -Y sign -n ${namespace} -f ~/.ssh/id_ed25519`,
    `  with what that prints in a file:  firebreak approve ${entry} --by HANDLE --signature FILE`,
    `  at this keyboard:                 firebreak approve ${entry} --by HANDLE --key ~/.ssh/id_ed25519`,
    `  by passphrase at this keyboard:   firebreak approve ${entry} --by HANDLE --passphrase`,
  ];
}

function print(context: Context, incident: OpenIncident, entry: number): number {
  const found = incident.toSign(entry);
  if (context.print.json) context.print.object('to-sign', { incident: incident.id, ...found });
  else for (const line of howToSign(incident, entry)) context.print.line(line);
  return 0;
}

async function give(context: Context, incident: OpenIncident, asked: number, input: Input): Promise<number> {
  const person = input.text('by') ?? incident.view().actor;
  const signature = await signatureOf(context, incident, asked, person, input);
  if (signature === null)
    throw usage(
      `an approval is signed: --signature FILE, --key FILE or --passphrase; --print says what to sign`,
    );
  await incident.act({ do: 'approve', asked, person, signature });
  const { approvals } = incident.view().people;
  const approval = approvals.find((one) => one.approval.asked === asked)?.approval;
  const request = incident.view().state.asked.get(asked);
  const { need = request?.need ?? 0, given = request?.given ?? [] } = approval ?? {};
  const { enough = given.length >= need } = approval ?? {};
  if (context.print.json) {
    context.print.object('approved', {
      incident: incident.id,
      asked,
      by: person,
      given: given.length,
      need,
      enough,
    });
    return 0;
  }
  context.print.line(
    `APPROVED by ${person}: ${given.length} of ${need}${enough ? ', it can be done now' : ''}`,
  );
  return 0;
}

async function review(
  context: Context,
  incident: OpenIncident,
  override: number,
  input: Input,
): Promise<number> {
  const person = input.text('by') ?? incident.view().actor;
  const signature = await signatureOf(context, incident, override, person, input);
  const comment = await reasonFor(context, input.text('why'), 'The review');
  const agrees = !input.flag('disagree');
  await incident.act({ do: 'review', override, person, agrees, comment, signature });
  if (context.print.json)
    context.print.object('reviewed', {
      incident: incident.id,
      override,
      by: person,
      agrees,
      signed: signature !== null,
    });
  else
    context.print.line(
      `REVIEWED by ${person}: ${agrees ? 'agrees' : 'disagrees'}${signature === null ? ' (not signed)' : ''}`,
    );
  return 0;
}

async function signatureOf(
  context: Context,
  incident: OpenIncident,
  entry: number,
  person: string,
  input: Input,
): Promise<string | null> {
  const { environment, files } = context.world;
  const from = input.text('signature');
  if (from === '-') return await environment.stdin.readAll(limits.secretBytesMax);
  if (from !== null) return files.readText(from, limits.secretBytesMax);
  const path = input.text('key');
  const how: SignWith | null =
    path !== null
      ? { with: 'key', path, agent: environment.env['SSH_AUTH_SOCK'] ?? null }
      : input.flag('passphrase')
        ? { with: 'passphrase', passphrase: await passphraseOf(context, person) }
        : null;
  if (how?.with === 'key')
    context.print.say('ssh-keygen signs; where the key wants a passphrase or a touch, it waits for that');
  return how === null ? null : await incident.sign(entry, person, how);
}

const passphraseOf = async (context: Context, person: string): Promise<string> =>
  await askHidden(context, `Passphrase of ${person} (hidden):`, {
    what: `the approval of ${person}`,
    flags: '--signature FILE or --key FILE',
  });

/** The line for `firebreak.yaml`: a key that is made from the passphrase each time and lies nowhere. */
async function makeKey(context: Context): Promise<number> {
  const instead = { what: 'the passphrase of the new key', flags: 'a terminal' };
  const text = await askHidden(
    context,
    `Passphrase for approving, ${limits.passphraseCharsMin} characters or more:`,
    instead,
  );
  if (text !== (await askHidden(context, 'The same again:', instead)))
    throw usage('the two were not the same');
  const key = (await context.app()).approverKey(text);
  if (context.print.json) context.print.object('approver-key', { key });
  else context.print.line(key);
  context.print.say(
    'Put it into firebreak.yaml, under people, as one of the keys of that person. It counts from the next incident on.',
  );
  return 0;
}

function list(context: Context, incident: OpenIncident): number {
  const view = incident.view();
  const { people, zone } = view;
  if (context.print.json) {
    context.print.object('approvals', listJson(view, incident));
    return 0;
  }
  const { print: out } = context;
  for (const { step, title, approval } of people.approvals) {
    if (step === RELEASE && approval.asked === null) continue;
    out.line(`${approval.enough ? 'APPROVED' : 'WAITS'} ${step}: ${title}`);
    for (const text of approvalLines(approval, (at) => bothTimes(at, zone))) out.line(`    ${text}`);
    if (approval.asked === null || approval.expired)
      out.line(`    firebreak ${step === RELEASE ? 'release --ask' : `approve --ask ${step}`}`);
    else if (!approval.enough)
      out.line(`    firebreak approve ${approval.asked} --print   (what to sign, and how)`);
  }
  for (const { n, step, by, dueAt, lateMs, could } of people.reviews) {
    out.line(
      `${lateMs > 0 ? 'REVIEW LATE' : 'REVIEW'} of the override in entry ${n}${step === null ? '' : ` at ${step}`}, by ${by}`,
    );
    out.line(
      `    due ${bothTimes(dueAt, zone)}, by somebody else${could.length === 0 ? '' : `: ${could.join(', ')}`}`,
    );
    out.line(`    firebreak approve ${n} --by HANDLE --why TEXT   (--disagree; signed like an approval)`);
  }
  if (people.approvals.length + people.reviews.length === 0) out.line('Nothing waits for a second person.');
  if (people.unfilled.length > 0) out.say(`Nobody is ${people.unfilled.join(', ')} yet: firebreak role ROLE`);
  return 0;
}

const listJson = ({ people, id }: View, incident: OpenIncident): Readonly<Record<string, unknown>> => ({
  incident: id,
  approvals: people.approvals.map(({ step, title, approval }) => ({
    step,
    title,
    need: approval.need,
    given: approval.given.map(({ person, n, at }) => ({ by: person, entry: n, at: utcOrNull(at) })),
    enough: approval.enough,
    strict: approval.strict,
    asked: approval.asked,
    expires_at: utcOrNull(approval.expiresAt),
    expired: approval.expired,
    could: approval.could,
    sign: approval.asked === null || approval.expired ? null : incident.toSign(approval.asked).text,
  })),
  reviews: people.reviews.map(({ n, step, by, dueAt, lateMs }) => ({
    override: n,
    step,
    by,
    due_at: utcOrNull(dueAt),
    overdue: lateMs > 0,
    sign: incident.toSign(n).text,
  })),
  unfilled: people.unfilled,
});
