import type { Inventory } from '../../model/inventory.ts';
import type { Path } from '../yaml.ts';
import { onlyOnce } from './finding.ts';
import type { Findings } from './finding.ts';

/** FB080: what is written for the audit and could mislead it. */
export function lintGovernance(
  inventory: Inventory,
  connectors: readonly string[],
  findings: Findings,
): void {
  const { bots = [], rights = [], receivers = [], channels, integrations } = inventory;
  const ids = (key: string, rows: readonly Readonly<{ id: string }>[]) =>
    rows.map(({ id }, i) => ({ id, path: [key, i, 'id'] }));
  onlyOnce(findings, 'bot', ids('bots', bots));
  onlyOnce(findings, 'receiver', ids('receivers', receivers));
  const acting = integrations.map(({ id }) => id);
  for (const [i, bot] of bots.entries()) {
    if (bot.integration !== undefined)
      findings.reference(['bots', i, 'integration'], 'integration', bot.integration, acting);
    const lacking = bot.needs.filter((one) => !bot.reads.includes(one));
    if (lacking.length > 0)
      findings.warning(
        'FB080',
        ['bots', i, 'needs'],
        `it needs ${lacking.join(', ')} and cannot read it`,
        'correct `needs`, or `reads`',
      );
  }
  const places = [...channels.map(({ id }) => id), ...acting];
  for (const [i, right] of rights.entries())
    findings.reference(['rights', i, 'on'], 'channel or integration', right.on, places);
  for (const [i, receiver] of receivers.entries()) {
    const at = (key: string): Path => ['receivers', i, key];
    if (receiver.connector !== undefined)
      findings.reference(at('connector'), 'connector in firebreak.yaml', receiver.connector, connectors);
    else if (receiver.secret !== undefined || receiver.verify_token !== undefined)
      findings.error(
        'FB080',
        at('secret'),
        'a secret is looked up at a connector, and none is named',
        'add `connector`',
      );
    if (receiver.verify_token !== undefined && receiver.signs !== 'meta')
      findings.error('FB080', at('verify_token'), 'only Meta asks for a verify token');
    const { username, password, search } = new URL(receiver.url);
    if (username !== '' || password !== '' || search !== '')
      findings.error(
        'FB080',
        at('url'),
        'an address with a password or a query does not belong into a file',
        'write it up to the path',
      );
  }
}
