import { nextTurn } from './clock.ts';
import { visible } from '../base/text.ts';

/** What a screen may do to its terminal. Handed in, so that a test gives it streams of its own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly screenReader: boolean;
  readonly alternateScreen: boolean;
  /** Rings, and shows a message of the desktop where that was switched on. Never a secret: other people may see it. */
  alert(text: string): void;
  /** Stops the process, and whoever started it for the shell, as ctrl+z does; returns once it goes on. False where nothing stops it. */
  suspend(): Promise<boolean>;
  /**
   * `stop`: somebody asks the process to stop, and it has not yet. `back`: it goes on after a stop that nobody announced, and the
   * shell has had the terminal meanwhile. Returns the way to stop listening.
   */
  onStops(heard: Readonly<{ stop: () => void; back: () => void }>): () => void;
}

export type TerminalFlags = Readonly<{
  color?: boolean;
  ascii?: boolean;
  screenReader?: boolean;
  inline?: boolean;
  notify?: boolean;
}>;
type Env = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * Whether to colour: the flag, FIREBREAK_NO_COLOR, NO_COLOR (when not empty), FORCE_COLOR, then what the terminal is.
 * NO_COLOR wins over FORCE_COLOR; the two informal standards disagree.
 */
export const wantsColor = (flag: boolean | undefined, env: Env, isTty: boolean): boolean => {
  if (flag !== undefined) return flag;
  if (isSet(env['FIREBREAK_NO_COLOR']) || isSet(env['NO_COLOR'])) return false;
  const force = env['FORCE_COLOR'];
  if (isSet(force)) return force !== '0' && force !== 'false';
  return isTty && env['TERM'] !== 'dumb';
};

/** Without UTF-8 in the locale every glyph has a form in ASCII. */
export const wantsAscii = (flag: boolean | undefined, env: Env): boolean => {
  if (flag !== undefined) return flag;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet) ?? '';
  return env['TERM'] === 'linux' || !/utf-?8/i.test(locale);
};

const ESC = '\u001B';
const BELL = '\u0007';
const NOTICE_CHARS_MAX = 180;

/** OSC 9 as terminals show it on the desktop; inside tmux it is passed through. */
export const noticeBytes = (text: string, env: Env): string => {
  const plain = visible(text).slice(0, NOTICE_CHARS_MAX);
  const osc = `${ESC}]9;${plain}${BELL}`;
  return isSet(env['TMUX']) ? `${ESC}Ptmux;${osc.replaceAll(ESC, ESC + ESC)}${ESC}\\` : osc;
};

/** A stop takes effect at once; where this much later the process still runs, nothing will stop it: no shell would start it again. */
const NOT_STOPPED_MS = 300;

/** The group, not the process alone: a wrapper that goes on would keep the terminal from the shell. */
const stopGroup = async (): Promise<boolean> => {
  let continued = false;
  const back = (): void => void (continued = true);
  process.once('SIGCONT', back);
  process.kill(0, 'SIGTSTP');
  await pause(NOT_STOPPED_MS, () => continued);
  process.off('SIGCONT', back);
  return continued;
};

/** After a stop the timer is due as soon as the signal: both get their turn. */
const pause = async (ms: number, over: () => boolean): Promise<void> => {
  for (let waited = 0; waited < ms && !over(); waited += STEP_MS)
    await new Promise((resolve) => {
      setTimeout(resolve, STEP_MS);
    });
  await nextTurn();
};
const STEP_MS = 20;

const jobControl = (): Pick<Terminal, 'suspend' | 'onStops'> => {
  let away = false;
  let stop: (() => void) | null = null;
  return {
    async suspend() {
      if (process.platform === 'win32' || away) return false;
      away = true;
      // Heard by nobody, the signal stops the process.
      if (stop !== null) process.off('SIGTSTP', stop);
      try {
        return await stopGroup();
      } finally {
        if (stop !== null) process.on('SIGTSTP', stop);
        away = false;
      }
    },
    onStops(heard) {
      if (process.platform === 'win32') return () => undefined;
      const back = (): void => {
        if (!away) heard.back();
      };
      stop = heard.stop;
      process.on('SIGTSTP', heard.stop);
      process.on('SIGCONT', back);
      return () => {
        stop = null;
        process.off('SIGTSTP', heard.stop);
        process.off('SIGCONT', back);
      };
    },
  };
};

/** The terminal this process was started in. */
export const systemTerminal = (flags: TerminalFlags, env: Env): Terminal => {
  const { stdin, stdout, stderr } = process;
  const screenReader = flags.screenReader ?? env['INK_SCREEN_READER'] === 'true';
  const dumb = env['TERM'] === 'dumb';
  return {
    stdin,
    stdout,
    stderr,
    color: wantsColor(flags.color, env, stdout.isTTY),
    ascii: wantsAscii(flags.ascii, env),
    screenReader,
    alternateScreen: stdout.isTTY && !screenReader && !dumb && flags.inline !== true,
    alert: (text) => {
      if (stdout.isTTY) stdout.write(flags.notify === true ? BELL + noticeBytes(text, env) : BELL);
    },
    ...jobControl(),
  };
};
