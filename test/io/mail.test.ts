import { afterEach, describe, expect, test } from 'vitest';
import { systemMail, type Handed, type MailServer } from '../../src/io/mail.ts';
import { Secret } from '../../src/io/secrets.ts';
import { scriptedServer, type Answers, type ScriptedServer } from '../rig/mail-server.ts';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (one) => one.close()));
});

const start = async (answers: Answers = {}): Promise<ScriptedServer> => {
  const server = await scriptedServer(answers);
  servers.push(server);
  return server;
};

const at = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  caFile: null,
  login: null,
  ...more,
});

const letter = (to = 'ada@example.com') => ({
  from: 'dpo@company.example',
  to,
  raw: Buffer.from('Subject: hello\r\n\r\n.one dot\r\nend\r\n', 'utf8'),
});

const handed = async (answers: Answers): Promise<Handed> => {
  const { port } = await start(answers);
  const line = await systemMail('open', 300).connect(at(port));
  const found = await line.send(letter());
  line.close();
  return found;
};

describe('a letter that is handed over', () => {
  test('is accepted with what the server says, dots and all, several over one connection', async () => {
    const server = await start();
    const line = await systemMail('open').connect(at(server.port));
    expect(await line.send(letter())).toEqual({ is: 'accepted', says: '250 taken as 4711' });
    expect(await line.send(letter('bob@example.com'))).toMatchObject({ is: 'accepted' });
    expect(server.letters).toHaveLength(2);
    expect(server.letters[0]).toContain('\r\n..one dot\r\n');
    expect(server.connections()).toBe(1);
    line.close();
  });

  test.each([
    ['RCPT', '550 5.1.1 nobody here', { is: 'refused', at: 'reader', lasting: true }],
    ['RCPT', '451 4.7.1 later, greylisted', { is: 'refused', at: 'reader', lasting: false }],
    ['MAIL', '553 5.7.1 not your address', { is: 'refused', at: 'sender', lasting: true }],
    ['DATA', '554 5.6.0 not like this', { is: 'refused', at: 'message', lasting: true }],
  ])('was not taken where %s is answered with %s', async (command, says, found) => {
    const answer = (line: string) => (line.startsWith(command) ? says : undefined);
    expect(await handed({ answer })).toEqual({ ...found, says });
  });

  test.each([
    ['552 5.3.4 too large', true],
    ['452 4.3.1 full', false],
  ])('was not taken where the whole letter is answered with %s', async (says, lasting) => {
    expect(await handed({ taken: () => says })).toEqual({ is: 'refused', at: 'message', lasting, says });
  });

  test.each(['MAIL', 'RCPT', 'DATA'])('did not leave where the line is cut at %s', async (command) => {
    const answer = (line: string) => (line.startsWith(command) ? 'cut' : undefined);
    expect(await handed({ answer })).toMatchObject({ is: 'unsent' });
  });

  test('is not known to be taken where the line is cut behind its last dot, or nothing is answered', async () => {
    expect(await handed({ taken: () => 'cut' })).toMatchObject({ is: 'unknown' });
    expect(await handed({ taken: () => 'hang' })).toMatchObject({ is: 'unknown' });
  });

  test('is sent once, whatever becomes of the line: nothing is put back into a queue', async () => {
    const server = await start({ taken: () => 'cut' });
    const line = await systemMail('open').connect(at(server.port));
    await line.send(letter());
    expect(line.usable()).toBe(false);
    expect(await line.send(letter())).toMatchObject({ is: 'unsent' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.letters).toHaveLength(1);
    expect(server.connections()).toBe(1);
  });
});

test('a reader who is refused does not spoil the letter of the next one', async () => {
  const answer = (line: string) => (line.includes('<ada@') ? '550 5.1.1 nobody' : undefined);
  const server = await start({ answer });
  const line = await systemMail('open').connect(at(server.port));
  expect(await line.send(letter())).toMatchObject({ is: 'refused', at: 'reader' });
  expect(await line.send(letter('bob@example.com'))).toMatchObject({ is: 'accepted' });
  expect(server.lines).toContain('RSET');
  expect(server.connections()).toBe(1);
});

describe('no connection comes about', () => {
  const connect = async (answers: Answers, more: Partial<MailServer> = {}) => {
    const { port } = await start(answers);
    return await systemMail('open', 300).connect(at(port, more));
  };

  test('where the server offers no TLS and it is asked for', async () => {
    await expect(connect({}, { security: 'starttls' })).rejects.toMatchObject({ name: 'MailError' });
    await expect(connect({}, { security: 'tls' })).rejects.toMatchObject({ name: 'MailError' });
  });

  test('where the password is wrong: a person must mend that, and it is in no word of it', async () => {
    const answer = (line: string) =>
      line.startsWith('EHLO')
        ? '250-here\r\n250 AUTH PLAIN'
        : line.startsWith('AUTH')
          ? '535 5.7.8 no'
          : undefined;
    const login = { user: 'me', password: new Secret('hunter2-hunter2') };
    const failed = connect({ answer }, { login });
    await expect(failed).rejects.toMatchObject({ name: 'MailError', asks: true });
    await expect(failed).rejects.not.toThrow(/hunter2|aHVudGVy/);
  });

  test('where the server greets and then never answers the login', async () => {
    const answer = (line: string) =>
      line.startsWith('EHLO') ? '250-here\r\n250 AUTH PLAIN' : line.startsWith('AUTH') ? 'hang' : undefined;
    const login = { user: 'me', password: new Secret('hunter2-hunter2') };
    await expect(connect({ answer }, { login })).rejects.toMatchObject({ name: 'MailError', asks: false });
  });

  test('where nobody listens: later may do', async () => {
    const { port, close } = await scriptedServer();
    await close();
    await expect(systemMail('open').connect(at(port))).rejects.toMatchObject({ asks: false });
  });

  test('in the clear with a server that is somewhere else', async () => {
    await expect(systemMail('open').connect(at(25, { host: 'mail.example.com' }))).rejects.toMatchObject({
      asks: true,
    });
  });

  test('with anybody else in a drill', async () => {
    const mail = systemMail('loopback-only');
    const server = at(465, { host: 'mail.example.com', security: 'tls' });
    await expect(mail.connect(server)).rejects.toMatchObject({ code: 'wall' });
  });
});
