import type { MergeProgress } from '../../app/merge-contract.ts';
import type { BounceReport, PostProgress } from '../../app/send-contract.ts';
import { grouped } from '../../base/grouped.ts';
import type { MailEffect } from '../mail.ts';
import type { Effect } from '../screen.ts';
import { mailingPlanned } from '../screens/mailing/state.ts';
import { mergePreviewed } from '../screens/merge/state.ts';
import { present, sometimes, waiting, working, type Stage } from './stage.ts';

/** Merged letters: what their screens ask for. */

/** A list that is read to its end by nobody. */
const READERS_SHOWN = 200;

type Asking<Do> = Extract<MailEffect, { do: Do }>;

const previewMerge = async (stage: Stage, effect: Asking<'preview-merge'>): Promise<void> =>
  waiting(
    stage,
    { what: 'reading the list', keys: 'stoppable' },
    async () => present(stage.world()).previewMerge(effect.asked),
    (preview) => [{ do: 'go', to: mergePreviewed(effect, preview) }],
  );

const merge = async (stage: Stage, { asked }: Asking<'merge'>): Promise<void> =>
  working(stage, 'merge', 'letters are being written just now: one merge at a time', async (stop) => {
    const heard = sometimes((progress: MergeProgress) =>
      stage.send({ is: 'event', event: { is: 'merging', progress } }),
    );
    return { is: 'merged', report: await present(stage.world()).merge(asked, heard, stop) };
  });

const look = async (stage: Stage, { asked }: Asking<'mailing'>): Promise<void> =>
  waiting(
    stage,
    { what: 'looking at what would be sent', keys: 'stoppable' },
    async (): Promise<Effect> => {
      const { mail } = present(stage.world());
      const { file, way } = asked;
      const servers = way.by === 'server' && way.name === null ? await mail.servers() : [];
      if (servers.length > 1)
        return {
          do: 'form',
          purpose: { for: 'send-through', file, to: way.by === 'server' ? way.to : 'list', servers },
        };
      return { do: 'go', to: mailingPlanned(asked, await mail.plan(asked)) };
    },
    (shown) => [shown],
  );

const ask = async (stage: Stage, { asked }: Asking<'ask-to-send'>): Promise<void> =>
  waiting(
    stage,
    { what: 'asking two others', keys: 'held' },
    async () => present(stage.world()).mail.ask(asked),
    (plan) => [
      { do: 'go', to: mailingPlanned(asked, plan) },
      {
        do: 'say',
        tone: 'good',
        text: `Asked in entry ${plan.approval.asked ?? ''}. Nothing was sent. Elsewhere: firebreak approve. Here: A.`,
      },
    ],
  );

const readers = async (stage: Stage, { asked }: Asking<'readers'>): Promise<void> =>
  waiting(
    stage,
    { what: 'reading who would be written to', keys: 'stoppable' },
    async () => present(stage.world()).mail.readers(asked, READERS_SHOWN),
    (found) => [
      {
        do: 'read',
        title: 'Who would be written to',
        blocks:
          found.length === 0
            ? [{ head: 'Nobody now', body: '' }]
            : [
                {
                  head:
                    found.length < READERS_SHOWN
                      ? `All ${found.length}`
                      : `The first ${READERS_SHOWN}; the file names them all`,
                  body: '',
                },
                ...found.map(({ letter, to, language }) => ({
                  head: '',
                  body: `${grouped(letter)}  ${language}  ${to}`,
                })),
              ],
      },
    ],
  );

const send = async (stage: Stage, { asked }: Asking<'send'>): Promise<void> =>
  working(
    stage,
    'mailing',
    'letters are being sent just now: two at once could write to somebody twice',
    async (stop) => {
      const heard = sometimes((progress: PostProgress) =>
        stage.send({ is: 'event', event: { is: 'posting', progress } }),
      );
      return { is: 'posted', report: await present(stage.world()).mail.send(asked, heard, stop) };
    },
  );

const handOver = async (stage: Stage, { asked }: Asking<'hand-over'>): Promise<void> =>
  waiting(
    stage,
    { what: 'recording who sends it', keys: 'held' },
    async () => present(stage.world()).mail.hand(asked),
    ({ letters }) => [
      { do: 'back' },
      {
        do: 'say',
        tone: 'good',
        text: `Recorded: ${grouped(letters)} letters are sent by somebody else. Keep their report of delivery: e.`,
      },
    ],
  );

const posted = async (stage: Stage, { mailing, standing }: Asking<'posted'>): Promise<void> =>
  waiting(
    stage,
    { what: 'looking up what became of each letter', keys: 'stoppable' },
    async () => present(stage.world()).mail.letters(mailing, standing),
    (letters) => [{ do: 'go', to: { at: 'posted', mailing, standing, letters, chosen: 0 } }],
  );

const settle = async (
  stage: Stage,
  effect: Asking<'settle-letters'> | Asking<'letters-again'>,
): Promise<void> =>
  waiting(
    stage,
    { what: 'recording it', keys: 'held' },
    async () => {
      const { mail } = present(stage.world());
      return effect.do === 'settle-letters' ? mail.settle(effect.asked) : mail.tryAgain(effect.asked);
    },
    ({ mailing }) => [
      { do: 'posted', mailing, standing: effect.do === 'settle-letters' ? 'unsure' : 'refused' },
      { do: 'say', tone: 'good', text: 'Recorded.' },
    ],
  );

const bounceWords = ({ messages, recorded, again, other }: BounceReport): string =>
  `${grouped(messages)} messages read: ${grouped(recorded)} recorded, ${grouped(again)} known before, ${grouped(other)} about no letter of this incident.`;

const bounces = async (stage: Stage, { files }: Asking<'bounces'>): Promise<void> =>
  waiting(
    stage,
    { what: 'reading what came back', keys: 'held' },
    async () => present(stage.world()).mail.bounces(files),
    (report) => [{ do: 'say', tone: 'good', text: bounceWords(report) }],
  );

export const performMail = async (stage: Stage, effect: MailEffect): Promise<void> => {
  switch (effect.do) {
    case 'preview-merge':
      return previewMerge(stage, effect);
    case 'merge':
      return merge(stage, effect);
    case 'mailing':
      return look(stage, effect);
    case 'ask-to-send':
      return ask(stage, effect);
    case 'readers':
      return readers(stage, effect);
    case 'send':
      return send(stage, effect);
    case 'hand-over':
      return handOver(stage, effect);
    case 'posted':
      return posted(stage, effect);
    case 'settle-letters':
    case 'letters-again':
      return settle(stage, effect);
    case 'bounces':
      return bounces(stage, effect);
  }
};
