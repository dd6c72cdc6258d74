import { isLoopback } from '../../io/http.ts';
import { MailError, type MailServer } from '../../io/mail.ts';

const PORTS: Readonly<Record<string, number>> = { 'smtps:': 465, 'smtp:': 587 };

/**
 * `smtps://host` speaks TLS from the first byte, `smtp://host` begins it with STARTTLS or says nothing. On this machine alone, where
 * nobody listens in, `smtp` is spoken as it is.
 * @throws MailError for an address of another kind
 */
export function serverAt(base: string): Pick<MailServer, 'host' | 'port' | 'security'> {
  const url = URL.canParse(base) ? new URL(base) : null;
  const port = url === null ? undefined : PORTS[url.protocol];
  if (url === null || port === undefined || url.hostname === '')
    throw new MailError('base_url is no address of a mail server: smtps://host:465 or smtp://host:587', true);
  if (url.username !== '' || url.password !== '')
    throw new MailError(
      'base_url holds a name or a password: they belong into config.user and secrets.password',
      true,
    );
  const bare = url.hostname.replaceAll(/[[\]]/g, '');
  const here = isLoopback(url.hostname) || bare === '::1';
  return {
    host: bare,
    port: url.port === '' ? port : Number(url.port),
    security: url.protocol === 'smtps:' ? 'tls' : here ? 'none' : 'starttls',
  };
}
