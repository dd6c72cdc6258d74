import { expect, test } from 'vitest';
import { crewOf } from '../../src/io/crew.ts';

const script = new URL('crew-script.ts', import.meta.url);

test('jobs are done beside each other, and each answer is the one to its job', async () => {
  const crew = crewOf<number, string>(script, 'told', 3);
  try {
    const jobs = Array.from({ length: 40 }, (_, i) => i);
    const done = await Promise.all(jobs.map(async (job) => await crew.do(job)));
    expect(done.map((one) => one.split(' ')[1])).toEqual(jobs.map(String));
    expect(done.every((one) => one.startsWith('told '))).toBe(true);
    expect(new Set(done.map((one) => one.split(' ')[2])).size).toBeGreaterThan(1);
  } finally {
    await crew.close();
  }
});

test('a thread that fails is heard of by everybody who waits, and by whoever comes after', async () => {
  const crew = crewOf<number, string>(script, 'told', 2);
  try {
    const jobs = [1, -1, 2, 3, 4, 5].map(async (job) => await crew.do(job));
    const settled = await Promise.allSettled(jobs);
    expect(settled[1]).toMatchObject({ status: 'rejected', reason: { message: 'no such job' } });
    await expect(crew.do(7)).rejects.toThrow('no such job');
  } finally {
    await crew.close();
  }
});

test('a thread that ends leaves nobody waiting', async () => {
  const crew = crewOf<number, string>(script, 'told', 1);
  await expect(crew.do(-2)).rejects.toThrow('ended before its work did');
  await crew.close();
});

test('what is under way when a crew is given up is told so', async () => {
  const crew = crewOf<number, string>(script, 'told', 1);
  const [waited] = await Promise.allSettled([crew.do(1), crew.close()]);
  expect(waited).toMatchObject({ status: 'rejected', reason: { message: 'the work was given up' } });
});
