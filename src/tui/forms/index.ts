import type {
  DirectPurpose,
  HandingPurpose,
  PersonPurpose,
  Purpose,
  RealEventPurpose,
  ScopePurpose,
  TeamPurpose,
} from '../places.ts';
import type { Effect, World } from '../screen.ts';
import { approveForm, reviewForm } from './approve.ts';
import { callForm } from './call.ts';
import { askForm } from './ask.ts';
import { auditAnswerForm, auditFileForm } from './audit.ts';
import { acknowledgeForm, proveForm, ruleOutForm, startForm, submitForm } from './clock.ts';
import type { FormSpec, Values } from './form.ts';
import { decisionForm } from './decision.ts';
import { directForm, isDirecting } from './direct.ts';
import { exportForm } from './export.ts';
import { closeForm, evidenceForm, roleForm, severityForm } from './journal.ts';
import { againForm, bouncesForm, handOverForm, settleLettersForm, throughForm } from './mail.ts';
import { mergeForm } from './merge.ts';
import { noteForm } from './note.ts';
import { keepJournalForm, packetConfirmForm, packetForm } from './packet.ts';
import { paperForm } from './paper.ts';
import { correctClockForm, endClockForm, extendClockForm, openClockForm } from './person-clock.ts';
import { endTaskForm, giveTaskForm, handRoleForm, takeRoleForm, withdrawRoleForm } from './team.ts';
import { realEventForm } from './real-event.ts';
import { rotateForm } from './rotate.ts';
import { scopeForms, scopeImportForm } from './scope.ts';
import { takeOverForm } from './take-over.ts';
import { decideForm, settleForm, skipForm, tickForm } from './steps.ts';

const personForms = {
  'correct-clock': correctClockForm,
  'extend-clock': extendClockForm,
  'end-clock': endClockForm,
} as const;

type Bound = Readonly<{ spec: FormSpec; complete: (values: Values) => readonly Effect[] }>;

const bind = <P>(
  kind: Readonly<{
    spec(purpose: P, world: World): FormSpec;
    complete(purpose: P, values: Values, world: World): readonly Effect[];
  }>,
  purpose: P,
  world: World,
): Bound => ({
  spec: kind.spec(purpose, world),
  complete: (values) => kind.complete(purpose, values, world),
});

type MailPurpose = Extract<
  Purpose,
  { for: 'merge' | 'settle-letters' | 'letters-again' | 'bounces' | 'send-through' | 'hand-over' }
>;
const aboutMail: ReadonlySet<Purpose['for']> = new Set<MailPurpose['for']>([
  'merge',
  'settle-letters',
  'letters-again',
  'bounces',
  'send-through',
  'hand-over',
]);
const isAboutMail = (purpose: Purpose): purpose is MailPurpose => aboutMail.has(purpose.for);

/** Letters to everybody on a list. */
const mailFormOf = (purpose: MailPurpose, world: World): Bound => {
  switch (purpose.for) {
    case 'merge':
      return bind(mergeForm, purpose, world);
    case 'settle-letters':
      return bind(settleLettersForm, purpose, world);
    case 'letters-again':
      return bind(againForm, purpose, world);
    case 'bounces':
      return bind(bouncesForm, purpose, world);
    case 'send-through':
      return bind(throughForm, purpose, world);
    case 'hand-over':
      return bind(handOverForm, purpose, world);
  }
};

const aboutTeam: ReadonlySet<Purpose['for']> = new Set<TeamPurpose['for']>([
  'hand-role',
  'take-role',
  'withdraw-role',
  'give-task',
  'end-task',
]);
const isAboutTeam = (purpose: Purpose): purpose is TeamPurpose => aboutTeam.has(purpose.for);

/** Who does what. */
const teamFormOf = (purpose: TeamPurpose, world: World): Bound => {
  switch (purpose.for) {
    case 'hand-role':
      return bind(handRoleForm, purpose, world);
    case 'take-role':
      return bind(takeRoleForm, purpose, world);
    case 'withdraw-role':
      return bind(withdrawRoleForm, purpose, world);
    case 'give-task':
      return bind(giveTaskForm, purpose, world);
    case 'end-task':
      return bind(endTaskForm, purpose, world);
  }
};

const aboutPerson: ReadonlySet<Purpose['for']> = new Set<PersonPurpose['for']>([
  'open-clock',
  'correct-clock',
  'extend-clock',
  'end-clock',
]);
const isAboutPerson = (purpose: Purpose): purpose is PersonPurpose => aboutPerson.has(purpose.for);

/** What one person asks for. */
const personFormOf = (purpose: PersonPurpose, world: World): Bound =>
  purpose.for === 'open-clock'
    ? bind(openClockForm, purpose, world)
    : bind(personForms[purpose.for], purpose, world);

const aboutScope: ReadonlySet<Purpose['for']> = new Set<ScopePurpose['for']>([
  'scope-import',
  'scope-count',
  'scope-correct',
  'scope-list',
]);
const isAboutScope = (purpose: Purpose): purpose is ScopePurpose => aboutScope.has(purpose.for);

/** Who is affected. */
const scopeFormOf = (purpose: ScopePurpose, world: World): Bound =>
  purpose.for === 'scope-import'
    ? bind(scopeImportForm, purpose, world)
    : bind(scopeForms[purpose.for], purpose, world);

const aboutHanding: ReadonlySet<Purpose['for']> = new Set<HandingPurpose['for']>([
  'packet',
  'packet-confirm',
  'keep-journal',
]);
const isAboutHanding = (purpose: Purpose): purpose is HandingPurpose => aboutHanding.has(purpose.for);

/** An incident changes laptops. */
const handingFormOf = (purpose: HandingPurpose, world: World): Bound => {
  switch (purpose.for) {
    case 'packet':
      return bind(packetForm, purpose, world);
    case 'packet-confirm':
      return bind(packetConfirmForm, purpose, world);
    case 'keep-journal':
      return bind(keepJournalForm, purpose, world);
  }
};

/** What is said to a drill, or ends it. */
const drillFormOf = (purpose: DirectPurpose | RealEventPurpose, world: World): Bound =>
  purpose.for === 'real-event' ? bind(realEventForm, purpose, world) : bind(directForm, purpose, world);

export const formOf = (purpose: Purpose, world: World): Bound => {
  if (isAboutMail(purpose)) return mailFormOf(purpose, world);
  if (isAboutScope(purpose)) return scopeFormOf(purpose, world);
  if (purpose.for === 'real-event' || isDirecting(purpose)) return drillFormOf(purpose, world);
  if (purpose.for === 'audit-answer') return bind(auditAnswerForm, purpose, world);
  if (purpose.for === 'audit-file') return bind(auditFileForm, purpose, world);
  if (isAboutHanding(purpose)) return handingFormOf(purpose, world);
  if (isAboutTeam(purpose)) return teamFormOf(purpose, world);
  if (isAboutPerson(purpose)) return personFormOf(purpose, world);
  switch (purpose.for) {
    case 'ask':
      return bind(askForm, purpose, world);
    case 'decide':
      return bind(decideForm, purpose, world);
    case 'tick':
      return bind(tickForm, purpose, world);
    case 'skip':
    case 'reopen':
      return bind(skipForm, purpose, world);
    case 'settle':
      return bind(settleForm, purpose, world);
    case 'note':
      return bind(noteForm, purpose, world);
    case 'decision':
      return bind(decisionForm, purpose, world);
    case 'evidence':
      return bind(evidenceForm, purpose, world);
    case 'severity':
      return bind(severityForm, purpose, world);
    case 'take-over':
      return bind(takeOverForm, purpose, world);
    case 'role':
      return bind(roleForm, purpose, world);
    case 'call':
      return bind(callForm, purpose, world);
    case 'approve':
      return bind(approveForm, purpose, world);
    case 'review':
      return bind(reviewForm, purpose, world);
    case 'rotate':
      return bind(rotateForm, purpose, world);
    case 'export':
      return bind(exportForm, purpose, world);
    case 'paper':
      return bind(paperForm, purpose, world);
    case 'close':
      return bind(closeForm, purpose, world);
    case 'submit':
      return bind(submitForm, purpose, world);
    case 'prove':
      return bind(proveForm, purpose, world);
    case 'acknowledge':
      return bind(acknowledgeForm, purpose, world);
    case 'start':
      return bind(startForm, purpose, world);
    case 'rule-out':
      return bind(ruleOutForm, purpose, world);
  }
};

/** The name under which what was typed is kept when somebody leaves with esc. Never a secret's. */
export const draftName = (purpose: Purpose): string => JSON.stringify(purpose);
