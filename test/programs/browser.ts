import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Debian's Chromium without a window, spoken to by its own protocol: pages are opened, used, and looked at. */
export type Browser = AsyncDisposable & Readonly<{ open: (path: string, width: number) => Promise<Page> }>;

export type Page = Readonly<{
  /** What JavaScript in the page comes to. */
  run: (code: string) => Promise<unknown>;
  picture: (path: string) => Promise<void>;
  /** Every address that was asked for beside the page itself, and every error of its scripts. */
  asked: () => readonly string[];
  errors: () => readonly string[];
}>;

type Said = Readonly<{ id?: number; method?: string; sessionId?: string; params?: never; result?: never }>;
type Params = Readonly<Record<string, unknown>>;

const LONGEST_MS = 60_000;

/** The address of the protocol is said on standard error once it listens. */
const addressOf = async (chromium: ChildProcess): Promise<string> =>
  await new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => {
      reject(new Error(`Chromium did not start: ${said.slice(-400)}`));
    }, LONGEST_MS);
    chromium.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const found = /listening on (ws:\S+)/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    });
  });

const connected = async (address: string): Promise<WebSocket> => {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return socket;
};

export const openBrowser = async (): Promise<Browser> => {
  const profile = mkdtempSync(join(tmpdir(), 'firebreak-chromium-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'];
  const more = ['--disable-background-networking', `--user-data-dir=${profile}`, '--remote-debugging-port=0'];
  const chromium = spawn('chromium', [...flags, ...more, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const socket = await connected(await addressOf(chromium));
  const waiting = new Map<number, (said: Said) => void>();
  const heard: Said[] = [];
  socket.addEventListener('message', ({ data }) => {
    const said = JSON.parse(String(data)) as Said;
    if (said.id === undefined) heard.push(said);
    else waiting.get(said.id)?.(said);
  });
  let last = 0;
  const call = async <T>(method: string, params: Params = {}, sessionId?: string): Promise<T> => {
    last += 1;
    const id = last;
    const answer = new Promise<Said>((resolve) => {
      waiting.set(id, resolve);
    });
    socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    const said = await answer;
    if (said.result === undefined) throw new Error(`${method}: ${JSON.stringify(said)}`);
    return said.result as T;
  };
  const open = async (path: string, width: number): Promise<Page> => {
    const { targetId } = await call<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await call<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const here = async <T>(method: string, params: Params = {}): Promise<T> =>
      await call<T>(method, params, sessionId);
    for (const domain of ['Network', 'Page', 'Runtime', 'Log']) await here(`${domain}.enable`);
    await here('Emulation.setDeviceMetricsOverride', {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: false,
    });
    const url = pathToFileURL(path).href;
    await here('Page.navigate', { url });
    const ofPage = (method: string): readonly Params[] =>
      heard
        .filter((one) => one.sessionId === sessionId && one.method === method)
        .map(({ params }) => (params ?? {}) as Params);
    for (let waited = 0; ofPage('Page.loadEventFired').length === 0 && waited < LONGEST_MS; waited += 50)
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    return {
      run: async (code) => {
        const found = await here<{ result: { value: unknown } }>('Runtime.evaluate', {
          expression: code,
          awaitPromise: true,
          returnByValue: true,
        });
        return found.result.value;
      },
      picture: async (to) => {
        const { data } = await here<{ data: string }>('Page.captureScreenshot', { format: 'png' });
        writeFileSync(to, Buffer.from(data, 'base64'));
      },
      asked: () =>
        ofPage('Network.requestWillBeSent')
          .map(({ request }) => (request as { url: string }).url)
          .filter((one) => one !== url && !one.startsWith('data:')),
      errors: () => [
        ...ofPage('Runtime.exceptionThrown').map((one) => JSON.stringify(one)),
        ...ofPage('Log.entryAdded')
          .map(({ entry }) => entry as { level: string; text: string })
          .filter(({ level }) => level === 'error')
          .map(({ text }) => text),
      ],
    };
  };
  return {
    open,
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => {
        chromium.once('exit', resolve);
      });
      await call('Browser.close').catch(() => chromium.kill());
      await ended;
      socket.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
