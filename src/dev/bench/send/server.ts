import { createServer, type Socket } from 'node:net';

// A mail server in a process of its own that takes every letter, counts it and keeps nothing, so that what is measured is who sends.
// The first line it prints is its port; a line on its input makes it print how many it took since the last one.

const END = Buffer.from('\r\n.\r\n');
let taken = 0;

const answerTo = (line: string): string => {
  if (/^EHLO/i.test(line)) return '250-here\r\n250 8BITMIME\r\n';
  if (/^DATA/i.test(line)) return '354 go on\r\n';
  if (/^QUIT/i.test(line)) return '221 bye\r\n';
  return '250 fine\r\n';
};

const serve = (socket: Socket): void => {
  let rest: Buffer = Buffer.alloc(0);
  let inLetter = false;
  // A client that goes away in the middle is no concern of anybody else.
  socket.on('error', () => undefined);
  socket.setNoDelay(true);
  socket.write('220 here\r\n');
  socket.on('data', (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (;;) {
      const end = rest.indexOf(inLetter ? END : '\n');
      if (end === -1) return;
      const found = inLetter ? '' : rest.toString('latin1', 0, end);
      rest = rest.subarray(end + (inLetter ? END.length : 1));
      if (inLetter) taken += 1;
      socket.write(inLetter ? '250 taken\r\n' : answerTo(found));
      inLetter = !inLetter && /^DATA/i.test(found);
      if (/^QUIT/i.test(found)) socket.end();
    }
  });
};

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const at = server.address();
  console.log(at !== null && typeof at === 'object' ? at.port : 0);
});
process.stdin.on('data', () => {
  console.log(taken);
  taken = 0;
});
process.stdin.on('end', () => process.exit());
