import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** Threads of this process that do jobs beside each other, each one after the other. Jobs and what comes of them are plain data. */
export interface Crew<Job, Done> {
  /** Rejects where the thread that had the job failed; then no other job is taken either. */
  do(job: Job): Promise<Done>;
  close(): Promise<void>;
}

/** One for each processor, but no more than memory is there for. */
const MOST = 8;
export const threads = (): number => Math.min(MOST, availableParallelism());

/**
 * The script of a crew: a source of its own beside the others, and in the bundle, where code lies in folders of `dist`, a file of its own.
 * `source`: from this folder.
 */
export const crewScript = (name: string, source: string): URL =>
  new URL(import.meta.url.endsWith('.ts') ? source : `../crews/${name}.js`, import.meta.url);

type Waiting<Job, Done> = Readonly<{
  job: Job;
  done: (done: Done) => void;
  failed: (error: unknown) => void;
}>;

/** Starts `size` threads; `about` is what each of them is told at its start. */
export function crewOf<Job, Done>(script: URL, about: unknown, size: number): Crew<Job, Done> {
  const waiting: Waiting<Job, Done>[] = [];
  const busy = new Map<Worker, Waiting<Job, Done>>();
  const idle: Worker[] = [];
  let broken: Readonly<{ error: unknown }> | null = null;
  const next = (worker: Worker): void => {
    const one = waiting.shift();
    if (one === undefined) return void idle.push(worker);
    busy.set(worker, one);
    worker.postMessage(one.job);
  };
  const breakDown = (error: unknown): void => {
    broken ??= { error };
    for (const { failed } of [...busy.values(), ...waiting.splice(0)]) failed(error);
    busy.clear();
  };
  const crew = Array.from({ length: size }, () => {
    const worker = new Worker(script, { workerData: about });
    worker.on('message', (done: Done) => {
      const had = busy.get(worker);
      busy.delete(worker);
      had?.done(done);
      next(worker);
    });
    worker.on('error', breakDown);
    worker.on('exit', () => {
      if (busy.has(worker)) breakDown(new Error('a thread ended before its work did'));
    });
    idle.push(worker);
    return worker;
  });
  return {
    do: async (job) =>
      await new Promise<Done>((done, failed) => {
        if (broken !== null) return failed(broken.error);
        waiting.push({ job, done, failed });
        const worker = idle.pop();
        if (worker !== undefined) next(worker);
      }),
    close: async () => {
      breakDown(new Error('the work was given up'));
      await Promise.all(crew.map(async (worker) => await worker.terminate()));
    },
  };
}

/** What a script of a crew is: `begin` is told what all of them are told, and gives what does a job. */
export function workInCrew<About, Job, Done>(begin: (about: About) => (job: Job) => Done): void {
  const work = begin(workerData as About);
  parentPort?.on('message', (job: Job) => parentPort?.postMessage(work(job)));
}
