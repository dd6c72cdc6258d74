import { describe, expect, test } from 'vitest';
import type { Fresh } from '../../src/model/event.ts';
import { at, leakedToken, openedIn, told } from '../fixtures/incident.ts';
import { input, rendered } from './rig.ts';

const fact = (id: string, text: string | null): Fresh => ({
  kind: 'fact.learned',
  pub: {
    fact: id,
    value: null,
    known: text !== null,
    at: at('2026-11-20T02:30:00Z'),
    basis: 'observed',
    step: null,
  },
  ...(text === null ? {} : { priv: { text: { class: 'staff', value: text } as const } }),
});
const page = (...facts: readonly Fresh[]): string =>
  rendered('register', input(told([openedIn('UTC'), ...facts])));

describe('the register of breaches', () => {
  test('has the facts with their cause, the effects, the remedial action, and names the entry of each', () => {
    const text = page(
      fact('nature', 'A token leaked.'),
      fact('cause', 'It stood in a notebook.'),
      fact('effects', 'Messages were read.'),
      fact('remedial-action', 'It was revoked.'),
    );
    expect(text).toContain('- What happened: A token leaked. (basis: observed; entry 1)');
    expect(text).toContain('- Cause: It stood in a notebook. (basis: observed; entry 2)');
    expect(text).toContain('- Effects: Messages were read.');
    expect(text).toContain('- Remedial action: It was revoked.');
    expect(text).not.toContain('Not whole yet');
  });

  test('takes what an authority is told for its effects and remedial action, until somebody says them for the register', () => {
    const both = [fact('consequences', 'Fraud is likely.'), fact('measures', 'The token was revoked.')];
    const text = page(fact('nature', 'A token leaked.'), ...both);
    expect(text).toContain('- Effects: Fraud is likely.');
    expect(text).toContain('- Remedial action: The token was revoked.');
    expect(text).not.toContain('Not whole yet');
    expect(page(...both, fact('effects', 'None was seen.'))).toContain('- Effects: None was seen.');
    expect(page(...both, fact('effects', null))).toContain('- Effects: **not known yet** (entry 3)');
  });

  test('tells of every submission, and what of it is not proved', () => {
    const sent = (phase: number, moment: string): Fresh => ({
      kind: 'duty.submitted',
      pub: { duty: 'gdpr.33-1', at: at(moment), phase },
      priv: { channel: { class: 'staff', value: 'web form' } as const },
    });
    const text = page(sent(1, '2026-11-20T03:00:00Z'), sent(2, '2026-11-22T09:00:00Z'));
    expect(text).toMatch(/submitted 2026-11-20 03:00 .*, part 2 2026-11-22 09:00 .*\(not proved\)/);
  });

  test('says what was chosen, and never all that could have been', () => {
    const text = rendered('register', input(leakedToken()));
    expect(text).toContain('Is a high risk to people likely? **yes**, by aoife');
  });

  test('asks for reasons once a notice to the authority is late, and not before', () => {
    expect(rendered('register', input(leakedToken()))).not.toMatch(/delay/i);
    const given = input(leakedToken());
    const late = given.clocks.map((clock) => (clock.duty === 'gdpr.33-1' ? { ...clock, late: true } : clock));
    const text = rendered('register', { ...given, clocks: late });
    expect(text).toContain('Art. 33(1) reasons for the delay');
    expect(text).toContain('- Reasons for the delay: **not known yet**');
    expect(page(fact('delay-reasons', 'Nobody could be reached.'))).toContain(
      '- Reasons for the delay: Nobody could be reached.',
    );
  });

  test('names what the law asks for and nobody has said', () => {
    expect(page()).toContain(
      '**Not whole yet.** Missing: Art. 33(5) facts; Art. 33(5) effects; Art. 33(5) remedial action.',
    );
  });
});
