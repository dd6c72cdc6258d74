import { threadId } from 'node:worker_threads';
import { workInCrew } from '../../src/io/crew.ts';

// Says back what it was told; negative numbers make it fail, or end.
workInCrew<string, number, string>((about) => (job) => {
  if (job === -1) throw new Error('no such job');
  if (job === -2) process.exit(0);
  return `${about} ${job} ${threadId}`;
});
