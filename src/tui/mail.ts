import type { MergeAsked, MergeProgress, MergeReport } from '../app/merge-contract.ts';
import type {
  AgainAsked,
  PostProgress,
  SendAsked,
  SendReport,
  SettleAsked,
  Standing,
} from '../app/send-contract.ts';

/** What the screens of merged letters ask for and hear. */

export type MailEffect =
  | Readonly<{ do: 'preview-merge'; asked: MergeAsked; title: string; to: 'seed' | 'list' }>
  | Readonly<{ do: 'merge'; asked: MergeAsked }>
  /** The dry run; of a company with several mail servers one is chosen first. */
  | Readonly<{ do: 'mailing'; asked: SendAsked }>
  | Readonly<{ do: 'ask-to-send'; asked: SendAsked }>
  | Readonly<{ do: 'readers'; asked: SendAsked }>
  | Readonly<{ do: 'send'; asked: SendAsked }>
  | Readonly<{ do: 'hand-over'; asked: SendAsked }>
  | Readonly<{ do: 'posted'; mailing: string; standing: Standing }>
  | Readonly<{ do: 'settle-letters'; asked: SettleAsked }>
  | Readonly<{ do: 'letters-again'; asked: AgainAsked }>
  | Readonly<{ do: 'bounces'; files: readonly string[] }>;

export type MailEvent =
  | Readonly<{ is: 'merging'; progress: MergeProgress }>
  | Readonly<{ is: 'merged'; report: MergeReport }>
  | Readonly<{ is: 'posting'; progress: PostProgress }>
  | Readonly<{ is: 'posted'; report: SendReport }>;

const mailing: ReadonlySet<string> = new Set<MailEffect['do']>([
  'preview-merge',
  'merge',
  'mailing',
  'ask-to-send',
  'readers',
  'send',
  'hand-over',
  'posted',
  'settle-letters',
  'letters-again',
  'bounces',
]);

export const isMail = (effect: Readonly<{ do: string }>): effect is MailEffect => mailing.has(effect.do);
