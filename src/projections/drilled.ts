import { formatUtc } from '../base/instant.ts';
import type { DrillEntry } from '../incident/drilled.ts';
import { callWords } from '../incident/called.ts';
import { SEALED } from './facts.ts';
import { readCard } from './programme/card.ts';
import { joined, type Private, type Sentence } from './sentence.ts';

/** What happened in the fake world, and who directed it. */
export function drilled(entry: DrillEntry, own: Private): Sentence {
  switch (entry.kind) {
    case 'drill.begun':
      return {
        what:
          entry.pub.by === 'people'
            ? 'A drill that people play'
            : 'A drill that the scripted responder plays',
        detail: `begun ${formatUtc(entry.pub.at).slice(0, 16).replace('T', ' ')}Z, scenario ${entry.pub.scenario}`,
      };
    case 'drill.consented':
    case 'drill.paged':
      return unannounced(entry, own);
    case 'drill.injected': {
      const sender = own('sender');
      const { channel, to, artifact } = entry.pub;
      return {
        what: `Exercise message by ${channel} to ${to}${sender === '' ? '' : ` from ${sender}`}: ${own('body')}`,
        ...(artifact === undefined ? {} : { detail: `with ${artifact}` }),
      };
    }
    case 'drill.acknowledged':
      return { what: 'The page was acknowledged' };
    case 'drill.sprung':
      return {
        what: `Wrong move: ${own('says')}`,
        detail: joined(`instead: ${own('instead')}`, `${entry.pub.kind}, ${entry.pub.points} points`),
        outcome: 'fail',
      };
    case 'drill.attacked': {
      const { attacker, gets_in, tries, taken } = entry.pub;
      return {
        what: gets_in ? `The attacker gets in (${attacker})` : `The attacker is refused (${attacker})`,
        detail: `${tries} ${tries === 1 ? 'try' : 'tries'}, ${taken} taken`,
        outcome: gets_in ? 'fail' : 'ok',
      };
    }
    case 'drill.directed':
      return { what: directed(entry.pub), detail: own('text') };
    case 'drill.stopped':
      return { what: `The drill was stopped by its rule ${entry.pub.rule}`, detail: own('says') };
    case 'drill.slept':
      return {
        what: `The machine slept for ${Math.round(entry.pub.ms / 60_000)} minutes; they do not count`,
      };
    case 'drill.lost':
      return { what: `The simulator of ${entry.pub.instance} is gone: what it was to show was not measured` };
    case 'drill.called':
      return called(entry.pub, own('note'));
    case 'drill.scored':
      return {
        what: `Drill ${entry.pub.passed ? 'passed' : 'not passed'} (seed ${entry.pub.seed})`,
        detail: cardWords(own('scorecard')),
        result: entry.pub.passed ? 'passed' : 'not passed',
        outcome: entry.pub.passed ? 'ok' : 'fail',
      };
  }
}

/** The whole card is in the drill's report; a line of a timeline says what it came to, and names what was missed. */
function cardWords(json: string): string {
  const card = readCard(json);
  if (card === null) return json === SEALED ? SEALED : '';
  const { measures, ends, traps, stopped } = card;
  const missed = [
    ...measures
      .filter(({ met }) => !met)
      .map(({ title, value, target }) => `${title}: ${value} (target ${target})`),
    ...ends.filter(({ holds }) => !holds).map(({ says }) => says),
  ];
  return joined(
    `${measures.filter(({ met }) => met).length} of ${measures.length} targets met`,
    `${ends.filter(({ holds }) => holds).length} of ${ends.length} things true at the end`,
    traps.length === 0 ? '' : `wrong moves: ${traps.map(({ says }) => says).join(', ')}`,
    missed.length === 0 ? '' : `missed: ${missed.join(', ')}`,
    stopped === null ? '' : `stopped: ${stopped}`,
  );
}

/** Of a drill that nobody was told of. */
const unannounced = (
  entry: Extract<DrillEntry, { kind: 'drill.consented' | 'drill.paged' }>,
  own: Private,
): Sentence => {
  switch (entry.kind) {
    case 'drill.consented':
      return {
        what: `Unannounced, by the consent of ${own('by')}`,
        detail: `${entry.pub.consent}, good until ${entry.pub.until}`,
      };
    case 'drill.paged':
      return {
        what: entry.pub.taken
          ? 'The page went out by mail on this machine'
          : 'The page did not go out: no mail server took it',
        outcome: entry.pub.taken ? 'ok' : 'fail',
      };
  }
};

type Directed = Extract<DrillEntry, { kind: 'drill.directed' }>['pub'];

const directed = ({ what, inject, speed }: Directed): string => {
  if (what === 'real-event') return 'REAL EVENT: something real happened, and the drill ended';
  const message = `message ${inject ?? ''}`.trim();
  const words: Readonly<Partial<Record<string, string>>> = {
    fire: `${message} sent now`,
    hold: `${message} held back`,
    skip: `${message} left out`,
    free: 'a message of their own',
    compress: `time runs ${speed ?? 1} times as fast`,
    pause: 'time stands still',
    'go-on': 'time goes on',
    assist: 'the players were helped',
    end: 'the drill was ended',
    join: 'joined',
    leave: 'left',
  };
  // A journal of a newer version may hold a direction that this one has no words for.
  return `Facilitator: ${words[what] ?? what}`;
};

type Called = Extract<DrillEntry, { kind: 'drill.called' }>['pub'];

const called = (call: Called, note: string): Sentence => ({
  what: `Call test: ${call.contact}, ${callWords(call)}`,
  detail: note,
  outcome: call.result === 'reached' ? 'ok' : 'fail',
});
