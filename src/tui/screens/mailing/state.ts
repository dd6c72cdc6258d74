import { onlyRead, onlyReadWords } from '../../only-read.ts';
import type { SendAsked, SendPlan } from '../../../app/send-contract.ts';
import { limits } from '../../../model/limits.ts';
import { emptyField, pasteInto, typeInto } from '../../parts/field.ts';
import type { MailingState } from '../../places.ts';
import {
  doing,
  stay,
  type Effect,
  type Next,
  type Press,
  type ScreenEvent,
  type World,
} from '../../screen.ts';

export const mailingPlanned = (asked: SendAsked, plan: SendPlan): MailingState => ({
  at: 'mailing',
  asked,
  plan,
  stage: 'plan',
  typed: emptyField,
  progress: null,
  report: null,
  trouble: null,
});

export const isSeed = ({ asked }: MailingState): boolean =>
  asked.way.by === 'server' && asked.way.to === 'seed';

/** How many people what is asked for reaches: the number that is typed. */
export const reaches = ({ asked, plan }: MailingState): number =>
  asked.way.by === 'hand' ? plan.letters : plan.leaves;

/** The number is asked for once nothing stands in the way any more. */
export const mailingTyping = (state: MailingState, world: World): boolean =>
  state.stage === 'plan' && !isSeed(state) && barred(state, world) === null;

/** Why nothing can leave now; null where only a confirmation is wanted. */
export const barred = (state: MailingState, world: World): string | null => {
  const { plan } = state;
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (plan.bars.length > 0) return 'what stops it is shown, with what to do';
  return reaches(state) === 0 ? 'no letter of this file is left to send' : null;
};

const seedDisabled = (state: MailingState): string | null => {
  if (state.asked.way.by === 'hand') return 'somebody else sends this file';
  if (isSeed(state)) return null;
  const { letters } = state.plan;
  return letters > limits.mailSeedMax
    ? `a seed has at most ${limits.mailSeedMax} letters: m merges a short list of colleagues`
    : null;
};

const approveDisabled = (id: string, state: MailingState): string | null => {
  const { need, asked, given } = state.plan.approval;
  if (need === 0) return 'a seed goes to colleagues: nobody else needs to agree';
  if (given.length >= need) return 'enough others have agreed';
  if (id === 'mailing:ask')
    return asked !== null
      ? 'others are asked already'
      : state.plan.bars.some(({ rule }) => rule !== 'needs-approval' && rule !== 'no-seed')
        ? 'first what stops it for another reason'
        : null;
  return asked === null ? 'first a: the request says exactly what is agreed to' : null;
};

export const mailingDisabled = (id: string, state: MailingState, world: World): string | null => {
  const { stage, plan } = state;
  if (id === 'app:back' || /:(?:down|up)$/.test(id) || !id.startsWith('mailing:')) return null;
  if (stage === 'running') return 'letters are being sent: esc stops after what is under way';
  if (id === 'mailing:enter' || id === 'mailing:look' || id === 'mailing:readers') return null;
  if (id === 'mailing:letters')
    return plan.stand.open === plan.letters && state.report === null
      ? 'no letter of this file has left'
      : null;
  if (stage === 'ended') return 'it has ended; r looks again at what is left';
  if (id === 'mailing:yes')
    return isSeed(state) ? barred(state, world) : 'this needs the number of people typed';
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (id === 'mailing:seed') return seedDisabled(state);
  return id === 'mailing:colleagues' ? null : approveDisabled(id, state);
};

const say = (state: MailingState, text: string): Next<MailingState> =>
  doing(state, { do: 'say', tone: 'warn', text });

const begin = (state: MailingState): Next<MailingState> =>
  state.asked.way.by === 'hand'
    ? doing(state, { do: 'hand-over', asked: state.asked })
    : doing({ ...state, stage: 'running', progress: null }, { do: 'send', asked: state.asked });

/** How many people get post is typed: nothing of it can be called back. */
const enter = (state: MailingState, world: World): Next<MailingState> => {
  if (state.stage === 'ended') return doing(state, { do: 'back' });
  if (!mailingTyping(state, world))
    return say(
      state,
      isSeed(state) ? 'Enter confirms nothing here.' : `Not now: ${barred(state, world) ?? ''}.`,
    );
  const wanted = String(reaches(state));
  return state.typed.text.replaceAll(/[\s,.'_]/g, '') === wanted
    ? begin(state)
    : say(state, `Type ${wanted}, the number of people who get it. Nothing was sent.`);
};

/** The same file as a seed, or to everybody. */
const turned = ({ asked }: MailingState): SendAsked =>
  asked.way.by === 'hand'
    ? asked
    : { ...asked, way: { ...asked.way, to: asked.way.to === 'seed' ? 'list' : 'seed' } };

const approve = ({ asked: mailing, plan }: MailingState): readonly Effect[] =>
  plan.approval.asked === null
    ? []
    : [
        {
          do: 'form',
          purpose: { for: 'approve', asked: plan.approval.asked, step: `send ${plan.letter}`, mailing },
        },
      ];

const command = (state: MailingState, id: string, world: World): Next<MailingState> => {
  const { asked, plan, stage } = state;
  switch (id) {
    case 'mailing:enter':
      return enter(state, world);
    case 'mailing:yes':
      return begin(state);
    case 'mailing:seed':
      return doing(state, { do: 'mailing', asked: turned(state) });
    case 'mailing:colleagues':
      return doing(state, {
        do: 'form',
        purpose: { for: 'merge', letter: plan.letter, title: plan.letter, colleagues: true },
      });
    case 'mailing:ask':
      return doing(state, { do: 'ask-to-send', asked });
    case 'mailing:approve':
      return doing(state, ...approve(state));
    case 'mailing:readers':
      return doing(state, { do: 'readers', asked });
    case 'mailing:letters':
      return doing(state, { do: 'posted', mailing: plan.mailing, standing: 'taken' });
    case 'mailing:look':
      return doing(state, { do: 'mailing', asked });
    case 'app:back':
      return stage === 'running' ? stopping(state) : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

const stopping = (state: MailingState): Next<MailingState> =>
  doing(
    state,
    { do: 'stop', job: 'mailing' },
    { do: 'say', tone: 'warn', text: 'Stopping after the letters that are under way. No other begins.' },
  );

export const pressMailing = (state: MailingState, press: Press, world: World): Next<MailingState> => {
  if (press.is === 'command') return command(state, press.id, world);
  if (!mailingTyping(state, world)) return stay(state);
  const typed =
    press.is === 'paste'
      ? pasteInto(state.typed, press.text, 'query')
      : typeInto(state.typed, press.key, 'query');
  return typed === null ? stay(state) : stay({ ...state, typed });
};

export const hearMailing = (state: MailingState, event: ScreenEvent): Next<MailingState> => {
  if (event.is === 'posting') return stay({ ...state, progress: event.progress });
  if (event.is === 'posted') return stay({ ...state, stage: 'ended', report: event.report });
  return event.is === 'failed' ? stay({ ...state, stage: 'ended', trouble: event.trouble }) : stay(state);
};
