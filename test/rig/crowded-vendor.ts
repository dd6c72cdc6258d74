import { createServer } from 'node:http';

// A process of its own, so that making its answers costs nobody else a turn: a vendor that thinks for a while and then lists thousands.

const [things = '1000', waits = '300'] = process.argv.slice(2);

const body = JSON.stringify({
  data: Array.from({ length: Number(things) }, (_, i) => ({
    id: `thing-${i}`,
    name: `Integration number ${i} of somebody`,
    url: `https://receiver-${i}.example/hook`,
    status: 'active',
    scopes: ['messages:read', 'messages:write'],
    created_by: 'somebody@lrh.example',
    updated_at: '2026-11-01T00:00:00Z',
  })),
});

const server = createServer((_ask, answer) => {
  setTimeout(() => {
    answer.setHeader('content-type', 'application/json');
    answer.end(body);
  }, Number(waits));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
