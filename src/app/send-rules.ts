import { canonicalJson } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { plus } from '../base/instant.ts';
import { approvers } from '../incident/approvals.ts';
import type { Sending } from '../incident/sendings.ts';
import type { Asked } from '../incident/state.ts';
import { affectedChannels } from '../letters/affected.ts';
import { draftLetter } from '../letters/draft.ts';
import { resultLetters } from '../model/item.ts';
import { limits } from '../model/limits.ts';
import { releasedLetter } from '../projections/released.ts';
import { inputFor } from './letters.ts';
import type { MailingFile } from './mailing-file.ts';
import type { IncidentParts } from './parts.ts';
import type { SendBar, SendPlan } from './send-contract.ts';

/** What must be so before letters leave. Each bar is asked anew at every run, because facts, words and channels change meanwhile. */

/** `through`: the mail server that carries it; null where somebody else sends the file, and sees to the seed and the channel. */
export type Leaving = Readonly<{
  file: MailingFile;
  to: Sending['to'];
  through: Readonly<{ instance: string; from: string }> | null;
}>;

export function barsTo(parts: IncidentParts, leaving: Leaving): readonly SendBar[] {
  const { file, to, through } = leaving;
  const own =
    to === 'seed'
      ? [notColleagues(parts, file, through?.from ?? '')]
      : [through === null ? null : noSeed(parts, file), unapproved(parts, leaving)];
  return [...alwaysTo(parts, leaving), ...own].filter((one) => one !== null);
}

/** What facts, words and channels say; who agreed is not among it. */
const alwaysTo = (parts: IncidentParts, leaving: Leaving): readonly (SendBar | null)[] => [
  closed(parts),
  handed(parts, leaving),
  ...wordsChanged(parts, leaving.file),
  ...(leaving.through === null ? [] : [channel(parts, leaving.through.instance)]),
];

/** While letters leave, for hours perhaps: a fact may be corrected by somebody else meanwhile. */
export function barsMeanwhile(parts: IncidentParts, leaving: Leaving): readonly SendBar[] {
  parts.ledger.refresh();
  return alwaysTo(parts, leaving).filter((one) => one !== null);
}

const closed = ({ ledger }: IncidentParts): SendBar | null =>
  ledger.state().phase === 'open'
    ? null
    : {
        rule: 'closed',
        why: 'the incident is closed',
        next: 'declare another one for what is still to be sent',
      };

/** Of a file that somebody else sends nobody here knows whom it has reached: with another one of its words people could get two. */
function handed({ ledger }: IncidentParts, { file: { merged }, through }: Leaving): SendBar | null {
  const { sendings, mailings } = ledger.state();
  const given = [...sendings.values()].filter((one) => one.handed !== null).map(({ mailing }) => mailing);
  if (given.includes(merged.sha256))
    return {
      rule: 'handed',
      why: 'this file was given to somebody else to send: everybody would get the letter twice',
      next: 'firebreak letters sent shows which files left how',
    };
  const words = new Set(Object.values(merged.versions));
  const same = given.some((mailing) =>
    Object.values(mailings.get(mailing)?.versions ?? {}).some((sha256) => words.has(sha256)),
  );
  if (!same || through === null) return null;
  return {
    rule: 'handed',
    why: 'another file of the same words was given to somebody else to send, and who is in both would get two',
    next: 'give this file to them as well: --handed TEXT',
  };
}

/** What was let go is these words and no others, and they are still what would be written now. */
function wordsChanged(parts: IncidentParts, { merged }: MailingFile): readonly SendBar[] {
  return Object.entries(merged.versions).flatMap(([language, sha256]): readonly SendBar[] => {
    const released = releasedLetter(parts.ledger.state(), merged.letter, language);
    const stands =
      released?.sha256 === sha256 &&
      draftLetter(inputFor(parts, merged.letter, language, released.at)).sha256 === sha256;
    if (stands) return [];
    return [
      {
        rule: 'words-changed',
        why: `${merged.letter} (${language}) says something else now than in this file: a fact in it has changed, or it was released anew`,
        next: `firebreak letters check ${merged.letter} --language ${language}, release it, and merge again`,
      },
    ];
  });
}

/** Whoever reads the company's mail, or writes in its name, must not carry the warning about it. */
function channel({ ledger, frozen: { inventory } }: IncidentParts, instance: string): SendBar | null {
  const hurt = affectedChannels(ledger.state(), inventory);
  const carries = inventory.integrations.filter(({ connector }) => connector === instance);
  // A row that names no channel says nothing of whether it is clean.
  const ours = new Set(carries.flatMap((row) => row.channel ?? []));
  const over = hurt.filter(({ id, medium }) => (ours.size > 0 ? ours.has(id) : medium === 'email'));
  if (over.length === 0) return null;
  const names = over.map(({ title }) => title).join(', ');
  return {
    rule: 'channel',
    why:
      ours.size > 0
        ? `${instance} sends over ${names}, which is part of this incident`
        : `${names} is part of this incident, and the inventory does not say that ${instance} has nothing to do with it`,
    next: 'send through another mail server (--via NAME) that the inventory links to a clean channel, or give the file to a provider: --handed TEXT',
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** What is approved by nobody goes to nobody outside. */
function notColleagues({ frozen }: IncidentParts, file: MailingFile, from: string): SendBar | null {
  const { written } = file.merged;
  if (written > limits.mailSeedMax)
    return {
      rule: 'not-colleagues',
      why: `a seed has at most ${limits.mailSeedMax} letters, and this file has ${written}`,
      next: 'merge a short list of colleagues into a file of its own, and send that one with --seed',
    };
  const known = new Set(frozen.contacts.contacts.flatMap(({ email }) => email?.toLowerCase() ?? []));
  const strangers = [...file.letters(() => true)].filter(
    ({ to }) => domainOf(to) !== domainOf(from) && !known.has(to.toLowerCase()),
  );
  if (strangers.length === 0) return null;
  return {
    rule: 'not-colleagues',
    why: `${strangers.length} of its readers are neither at ${domainOf(from)} nor in contacts.yaml (letter ${strangers.map(({ n }) => n).join(', ')})`,
    next: 'a seed goes to colleagues alone',
  };
}

const TAKEN = resultLetters.accepted;

/** Somebody has seen these very words arrive. */
function noSeed({ ledger }: IncidentParts, { merged }: MailingFile): SendBar | null {
  const { sendings, mailings } = ledger.state();
  const arrived = [...sendings.values()].flatMap(({ mailing, to, said }) =>
    to === 'seed' && said.some((one) => one.is === 'part' && one.results?.includes(TAKEN) === true)
      ? [mailings.get(mailing)?.versions ?? {}]
      : [],
  );
  const unseen = Object.entries(merged.versions)
    .filter(([language, sha256]) => !arrived.some((versions) => versions[language] === sha256))
    .map(([language]) => language);
  if (unseen.length === 0) return null;
  return {
    rule: 'no-seed',
    why: `nobody has seen these words arrive yet (${unseen.join(', ')})`,
    next: `merge a list of colleagues (firebreak letters merge ${merged.letter} --recipients seeds.csv --out seeds.jsonl) and send it: firebreak letters send seeds.jsonl --seed`,
  };
}

const SEND = 'letters.send';
const NEED = 2;

const targetsOf = ({ file: { merged }, through }: Leaving): readonly string[] => [
  `mailing ${merged.sha256}`,
  `letters ${merged.written}`,
  through === null ? 'given to somebody who sends it' : `through ${through.instance}`,
];

/** The request for this very file through this very server, where one stands. */
export function requestFor({ ledger, world }: IncidentParts, leaving: Leaving): Asked | null {
  const targets = targetsOf(leaving);
  const now = world.clock.now();
  return (
    [...ledger.state().asked.values()].findLast(
      (one) =>
        one.action === SEND &&
        now <= one.expires_at &&
        targets.every((target, i) => one.targets[i] === target),
    ) ?? null
  );
}

export function approvalFor(parts: IncidentParts, leaving: Leaving): SendPlan['approval'] {
  if (leaving.to === 'seed') return { need: 0, asked: null, given: [], could: [] };
  const asked = requestFor(parts, leaving);
  const given = [...new Set(asked?.given.map(({ person }) => person) ?? [])];
  return {
    need: NEED,
    asked: asked?.n ?? null,
    given,
    could: approvers(parts.ledger.state(), asked?.by ?? parts.actor),
  };
}

function unapproved(parts: IncidentParts, leaving: Leaving): SendBar | null {
  const { need, asked, given, could } = approvalFor(parts, leaving);
  if (given.length >= need) return null;
  const who =
    could.length < need - given.length
      ? `fewer people with a key are known (${could.join(', ') || 'nobody'})`
      : `could: ${could.join(', ')}`;
  return {
    rule: 'needs-approval',
    why: `sending to people needs ${need} others, and ${given.length} have approved it`,
    next:
      asked === null
        ? `ask them: the same command with --ask   (${who})`
        : `firebreak approve ${asked} --print says what they sign   (${who})`,
  };
}

/** Names the file by its hash, how many it reaches, and through whom: with another one of them it is another act. */
export async function askFor(parts: IncidentParts, leaving: Leaving): Promise<void> {
  if (requestFor(parts, leaving) !== null) return;
  const { letter, written } = leaving.file.merged;
  const targets = targetsOf(leaving);
  await parts.ledger.append([
    {
      kind: 'approval.asked',
      pub: {
        step: `send ${letter}`,
        action: SEND,
        targets,
        intended_sha256: sha256Hex(canonicalJson({ action: SEND, targets })),
        plan_sha256: parts.ledger.state().planSha256,
        need: NEED,
        expires_at: plus(parts.world.clock.now(), limits.mailApprovalMs),
      },
      priv: { title: { class: 'staff', value: `Send ${letter} to ${written} people` } },
    },
  ]);
}
