import { keyOf } from '../../keys.ts';
import type { PostProgress, SendBar, SendPlan, SendReport, Tally } from '../../../app/send-contract.ts';
import { formatDuration, MINUTE } from '../../../base/duration.ts';
import { grouped } from '../../../base/grouped.ts';
import { commas, counted, leftWords, rateWords } from '../../parts/far.ts';
import { queryLines } from '../../parts/input.ts';
import { labelled, line, pad, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { troubleLines } from '../../parts/outcome.ts';
import { standOrder, standSigns, standWords } from '../../parts/stand.ts';
import type { MailingState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { mailingKeys } from './keys.ts';
import {
  barred,
  hearMailing,
  isSeed,
  mailingDisabled,
  mailingTyping,
  pressMailing,
  reaches,
} from './state.ts';

/** The key that does what a bar asks for; the rest is said in words. */
const barKeys: Readonly<Partial<Record<SendBar['rule'], string>>> = {
  'no-seed': 'Here: m merges a short list of colleagues; its file is sent with s, then y.',
  'words-changed': 'Here: L, the letter; then m.',
  channel: 'Here: h in the list of files records that somebody else sends it.',
};

const barLines = ({ bars, approval }: SendPlan, width: number): readonly Line[] =>
  bars.flatMap(({ rule, why, next }) => [
    ...wrap(line(span('STOPS IT   ', 'bad'), span(why, 'strong')), width, 11),
    ...(rule === 'needs-approval'
      ? paragraph(
          approval.asked === null
            ? 'Here: a asks them.'
            : `Asked in entry ${approval.asked}. Here: A, a colleague agrees.`,
          width,
          'info',
          11,
        )
      : paragraph(barKeys[rule] ?? next, width, 'info', 11)),
  ]);

const approvalWords = ({ need, given, could }: SendPlan['approval']): string => {
  const left = could.filter((one) => !given.includes(one));
  const has =
    given.length === 0 ? 'nobody has yet' : `${given.join(', ')} ${given.length === 1 ? 'has' : 'have'}`;
  const who = left.length === 0 ? 'nobody else has a key' : `could: ${left.join(', ')}`;
  return `${need} others agree: ${has}${given.length >= need ? '' : `; ${who}`}`;
};

const throughWords = ({ server, leaves }: SendPlan): string => {
  if (server === null) return 'somebody else, who sees to the seed and to the channel';
  const { name, address, from, atOnce, perMinute } = server;
  const rate = perMinute === null ? 'as fast as it takes them' : `${grouped(perMinute)} a minute`;
  const ms = perMinute === null ? 0 : Math.round((leaves / perMinute) * MINUTE);
  return `${name} (${address}), from ${from}; ${atOnce} at a time, ${rate}${ms < MINUTE ? '' : `, about ${formatDuration(ms)} in all`}`;
};

const planLines = (state: MailingState, width: number): readonly Line[] => {
  const { plan, asked } = state;
  const now = `${grouped(reaches(state))} ${asked.way.by === 'hand' ? 'letters are in the file' : 'leave now'}`;
  return [
    ...labelled(
      'Letter',
      `${plan.letter} (${plan.languages.join(', ')}), ${grouped(plan.letters)} letters`,
      width,
      'strong',
    ),
    ...labelled(
      'To',
      `${isSeed(state) ? 'COLLEAGUES, who look first' : 'PEOPLE on the list'}; ${now}`,
      width,
      'strong',
    ),
    ...(plan.stand.open === plan.letters ? [] : labelled('So far', standWords(plan.stand).join(', '), width)),
    ...(plan.elsewhere === 0
      ? []
      : labelled(
          '',
          `${grouped(plan.elsewhere)} had this letter from another file, or may have: they get no second one`,
          width,
          'warn',
        )),
    ...barLines(plan, width),
    ...labelled('Through', throughWords(plan), width),
    ...(plan.approval.need === 0
      ? []
      : labelled(
          'Agreement',
          approvalWords(plan.approval),
          width,
          plan.approval.given.length >= plan.approval.need ? 'good' : 'warn',
        )),
    ...labelled('File', plan.file, width, 'dim'),
  ];
};

const question = (state: MailingState, world: World, width: number): readonly Line[] => {
  const many = grouped(reaches(state));
  if (mailingTyping(state, world))
    return queryLines(
      state.asked.way.by === 'hand'
        ? `Type ${many} and enter to record that these letters are sent by somebody else`
        : `Type ${many} and enter to send; it cannot be called back. esc leaves`,
      state.typed,
      true,
      width,
      world.look,
    );
  const not = mailingDisabled('mailing:yes', state, world);
  if (isSeed(state) && not === null)
    return paragraph(
      `${keyOf(world.look, 'mailing:yes')}: send ${many} to colleagues. esc: leave. Enter confirms nothing.`,
      width,
      'info',
    );
  return paragraph(
    `Dry run. Nothing can be sent now: ${barred(state, world) ?? ''}. esc: leave.`,
    width,
    'warn',
  );
};

const farWords = ({ done, total, refused, later, unsure, msSpent }: PostProgress): string =>
  commas([
    `${grouped(done)} of ${grouped(total)}`,
    ...counted([
      [refused, 'refused'],
      [later, 'not taken'],
      [unsure, 'IN DOUBT'],
    ]),
    rateWords(done, msSpent, MINUTE, 'a minute'),
    leftWords({ done, total, msSpent }),
    'esc stops after what is under way',
  ]);

const standLines = (stand: Tally, width: number): readonly Line[] =>
  standOrder
    .filter((standing) => standing === 'taken' || stand[standing] > 0)
    .flatMap((standing) => {
      const { word, says, tone } = standSigns[standing];
      return wrap(
        line(span(pad(word, 10), tone), ' ', span(grouped(stand[standing]), 'strong'), `  ${says}`),
        width,
        11,
      );
    });

const reportLines = ({ ended, why, taken, stand }: SendReport, width: number): readonly Line[] => [
  ...paragraph(
    ended === 'whole'
      ? `SENT: ${grouped(taken)} letters were taken in this run.`
      : `STOPPED: ${grouped(taken)} letters were taken in this run; r looks at what is left.`,
    width,
    ended === 'whole' ? 'good' : 'warn',
  ),
  ...(why === null ? [] : labelled('Because', why, width, 'bad')),
  ...standLines(stand, width),
];

const page = (state: MailingState, world: World, room: Room): Page => {
  const width = room.columns;
  switch (state.stage) {
    case 'plan':
      return { lines: planLines(state, width), foot: question(state, world, width) };
    case 'running':
      return {
        lines: planLines(state, width),
        foot: wrap(
          quiet(
            line(
              span('RUNNING ', 'info'),
              state.progress === null ? 'asking the mail server' : farWords(state.progress),
            ),
          ),
          width,
        ),
      };
    case 'ended':
      return {
        lines: [
          ...(state.trouble === null ? [] : troubleLines(state.trouble, width)),
          ...(state.report === null ? [] : reportLines(state.report, width)),
        ],
        foot: [line(span('enter: go on', 'dim'))],
      };
  }
};

const titles = {
  plan: 'Dry run: nothing has been sent',
  running: 'Sending letters',
  ended: 'What became of the letters',
} as const;

export const mailingScreen: ScreenKind<MailingState> = {
  keys: mailingKeys,
  title: ({ stage }) => titles[stage],
  typing: mailingTyping,
  press: pressMailing,
  hear: hearMailing,
  page,
  disabled: mailingDisabled,
};
