import { expect, test } from 'vitest';
import { questionsOf } from '../../src/audit/questions.ts';
import { review } from '../../src/audit/review.ts';
import type { Posture } from '../../src/connectors/posture.ts';
import { alerts, audited, found, sync, template } from './scene.ts';

// What systems tell of themselves as a whole: what is found in it, and what is asked because they did not tell.

test.each([
  ['a.byrne@mail.example', 'an e-mail address'],
  ['help@lrh.example', null],
  ['4111 1111 1111 1111', 'a card number'],
  ['DE89 3704 0044 0532 0130 00', 'an account number'],
  ['0049 30 901820', 'a telephone number'],
  ['00353 1 555 0100', null],
  ['Order 4711 of 2026-11-20, 129.90 EUR', null],
  ['{{1}}, your code is {{2}}', null],
])('in a template "%s" is %s', (text, what) => {
  const [first] = review(audited(template([text])), [], []);
  expect(first?.found ?? null).toBe(what === null ? null : `template order (en) (crm) holds ${what}`);
});

test('a link whose host is filled in is foreign whatever the domains; a secret seen in public is critical', () => {
  expect(found(template([], ['{{1}}.lrh.example']))).toEqual(['template-foreign-link']);
  expect(review(audited(alerts(3, 1)), [], [])).toMatchObject([
    { severity: 'critical', found: 'crm: 3 alerts are open, the oldest for 26 days; seen in public: 1' },
  ]);
});

test('what a system told is not asked; what it did not tell is, with the reason', () => {
  const asks = (posture: Posture, kind: string, domains: readonly string[] = ['lrh.example']) => {
    const scene = audited({
      inventory: {
        channels: [{ id: 'chat', title: 'Chat', medium: 'whatsapp' }],
        integrations: [{ ...sync, channel: 'chat' }],
        ...(domains.length === 0 ? {} : { audit: { domains } }),
      },
    });
    const seen = [
      { is: 'asked' as const, instance: 'crm', kind, listing: { items: [], blindSpots: [] }, posture },
    ];
    return new Map(questionsOf({ ...scene, seen }).map(({ id, because }) => [id, because]));
  };
  const why = { is: 'untold', why: 'this plan does not show it' } as const;
  const told = { is: 'told', enforced: true, detail: 'all have it' } as const;
  expect(asks({ mfa: told }, 'github').has('mfa:crm')).toBe(false);
  expect(asks({ mfa: { ...told, except: 'guests' } }, 'slack').get('mfa:crm')).toContain('all have it');
  expect(asks({ mfa: why }, 'github').get('mfa:crm')).toBe(why.why);
  expect(asks({}, 'http').get('mfa:crm')).toContain('no call of http');
  const none = { is: 'told', open: 0, public: 0, oldest: '' } as const;
  expect(asks({ alerts: none }, 'github').has('secret-alerts:crm')).toBe(false);
  expect(asks({ alerts: why }, 'github').get('secret-alerts:crm')).toBe(why.why);
  expect(asks({ numbers: { is: 'told', numbers: [] } }, 'meta').has('numbers:crm')).toBe(false);
  const templates = { is: 'told', templates: [] } as const;
  expect(asks({ templates }, 'meta').has('templates:chat')).toBe(false);
  expect(asks({ templates }, 'meta', []).get('templates:chat')).toContain('audit.domains');
  expect(asks({ templates: why }, 'meta').get('templates:chat')).toBe(why.why);
});
