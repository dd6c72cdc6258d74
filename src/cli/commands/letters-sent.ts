import type { LetterInDoubt, SentView, Standing } from '../../app/send-contract.ts';
import { grouped } from '../../base/grouped.ts';
import { reasonFor } from '../ask.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

const PARTIAL = 6;

/** What became of merged letters: all mailings in numbers, or one with the letters that need a person. */
export const sent: Run = async (context, input) => {
  const incident = await context.incident(null);
  const { print } = context;
  const name = input.args[0] ?? null;
  const all = await incident.mail.sent();
  if (name === null) {
    if (print.json) print.object('mailings', { incident: incident.id, mailings: all });
    else if (all.length === 0) print.line('No letter has left.');
    else for (const one of all) tell(context, one);
    return all.every(({ stand }) => stand.unsure === 0) ? 0 : PARTIAL;
  }
  const unsure = await incident.mail.letters(name, 'unsure');
  const refused = await incident.mail.letters(name, 'refused');
  const chosen = all.filter(({ mailing }) => mailing.startsWith(name.toLowerCase()));
  if (print.json)
    print.object('mailing', {
      incident: incident.id,
      ...chosen[0],
      unsureLetters: unsure,
      refusedLetters: refused,
    });
  else {
    for (const one of chosen) tell(context, one);
    list(context, 'unsure', unsure);
    list(context, 'refused', refused);
    if (unsure.length > 0) {
      print.say('Look for each Message-ID in the log of the mail server, then say what it says:');
      print.say(`  firebreak letters settle ${name} NUMBERS --result taken|not-taken --why TEXT`);
    }
    if (refused.length > 0) {
      print.say('Where what stood in their way is gone (a full mailbox, a block), let them leave once more:');
      print.say(`  firebreak letters settle ${name} NUMBERS --try-again --why TEXT`);
    }
  }
  return unsure.length === 0 ? 0 : PARTIAL;
};

const tell = ({ print }: Context, view: SentView): void => {
  const { mailing, letter, to, instance, letters, stand, bounced, handed } = view;
  const of = to === 'seed' ? ' to colleagues' : '';
  if (handed) {
    print.line(
      `${mailing.slice(0, 12)}  ${letter}: ${grouped(letters)} letters, given to somebody who sends them`,
    );
    return;
  }
  print.line(
    `${mailing.slice(0, 12)}  ${letter}${of} through ${instance}: ${grouped(stand.taken)} of ${grouped(letters)} taken by the server`,
  );
  const rest = [
    [stand.open, 'not begun'],
    [stand.underway, 'under way now, or cut off'],
    [stand.later, 'not taken, may be tried again'],
    [stand.refused, 'refused for good'],
    [stand.unsure, 'UNSURE'],
    [bounced.lasting, 'came back: they will not arrive'],
    [bounced.late, 'late, says the server'],
  ].filter(([count]) => Number(count) > 0);
  for (const [count, words] of rest) print.line(`              ${grouped(Number(count))} ${words}`);
};

const list = ({ print }: Context, standing: Standing, letters: readonly LetterInDoubt[]): void => {
  for (const { letter, to, messageId } of letters)
    print.line(`  ${standing.toUpperCase()}  ${letter}  ${to ?? '[sealed]'}  ${messageId ?? ''}`);
};

export const settle: Run = async (context, input) => {
  const given = input.text('result');
  const again = input.flag('try-again');
  if (again === (given === 'taken' || given === 'not-taken'))
    throw usage(
      'say what the log of the mail server says, --result taken or --result not-taken; or of letters that were refused, --try-again',
    );
  const letters = numbersIn(input);
  const incident = await context.writable();
  const reason = await reasonFor(
    context,
    input.text('why'),
    again ? 'trying refused letters again' : 'settling letters in doubt',
  );
  const asked = { mailing: input.arg(0), letters, reason };
  const view = again
    ? await incident.mail.tryAgain(asked)
    : await incident.mail.settle({ ...asked, taken: given === 'taken' });
  const { print } = context;
  if (print.json) print.object('mailing', { incident: incident.id, ...view });
  else {
    print.line(again ? 'TO BE TRIED AGAIN' : `SETTLED: ${given?.replace('-', ' ') ?? ''}`);
    tell(context, view);
    if (given !== 'taken') print.say('The next firebreak letters send on the file sends them');
  }
  return 0;
};

/** Letters by number, `12 15` or `12,15`; null where none is named. */
const numbersIn = (input: Input): readonly number[] | null => {
  const numbers = input.args
    .slice(1)
    .flatMap((one) => one.split(','))
    .filter((one) => one !== '');
  const strange = numbers.find((one) => !/^[1-9]\d{0,8}$/.test(one));
  if (strange !== undefined)
    throw usage(
      `"${strange}" is no letter: they are named by number, as firebreak letters sent shows them: 12 15`,
    );
  return numbers.length === 0 ? null : [...new Set(numbers.map(Number))];
};

export const bounces: Run = async (context, input) => {
  const incident = await context.writable();
  const { print } = context;
  const { messages, recorded, again, other } = await incident.mail.bounces(input.args);
  if (print.json) print.object('bounces', { incident: incident.id, messages, recorded, again, other });
  else {
    print.line(`RECORDED ${grouped(recorded)} letters that came back, of ${grouped(messages)} messages`);
    if (again > 0) print.line(`  ${grouped(again)} were known already`);
    if (other > 0) print.line(`  ${grouped(other)} report of no letter of this incident`);
    print.say('Who cannot be reached by mail must hear in another way: firebreak letters sent');
  }
  return 0;
};
