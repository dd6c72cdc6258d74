#!/usr/bin/env node
// Answers what needs no program, picks the runtime, then hands over to dist/cli/main.js.
// Any Node since 14 must be able to parse this file: that is how it can say which Node is needed.

const NEEDED = [24, 7];

/** Is `version` ("24.21.0") new enough to run the program? */
function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Starts the program again under the runtime that `npm ci` put into a clone, and ends as it ends. */
async function runUnder(runtime) {
  const { spawn } = await import('node:child_process');
  // The channel carries nothing: its closing tells the child that this process was killed.
  const child = spawn(runtime, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const pass = (signal) => child.kill(signal);
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  // A terminal sends Ctrl-C to parent and child alike; passing it on would count as pressing it twice.
  process.on('SIGINT', process.stdin.isTTY ? () => {} : pass);
  child.on('error', (error) => {
    console.error(`firebreak: cannot start ${runtime}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exit(code);
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/**
 * Folder for compiled code. Never the shared temporary folder, where another user could plant some, and none where there is
 * no home: making one is not ours to do, and where it cannot be made Node may never stop trying.
 */
function cacheFolder(path, fs) {
  const { XDG_CACHE_HOME: cache, HOME: home } = process.env;
  if (cache && path.isAbsolute(cache))
    return fs.existsSync(cache) ? path.join(cache, 'firebreak') : undefined;
  if (!home || !path.isAbsolute(home) || !fs.existsSync(home)) return undefined;
  return path.join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'firebreak');
}

function wantsNoColor(argv) {
  const { NO_COLOR, FIREBREAK_NO_COLOR, TERM } = process.env;
  return Boolean(NO_COLOR || FIREBREAK_NO_COLOR) || TERM === 'dumb' || argv.includes('--no-color');
}

/** A module of Node. An import would read every member of it, which takes longer than all of this file. */
function builtin(name) {
  return process.getBuiltinModule ? process.getBuiltinModule(name) : import(name);
}

/**
 * The page of help that is asked for, set when the program was built; undefined where it is none of those, or the terminal is of a
 * width for which none was set. The program then makes it.
 */
function helpPage(argv, path, fs, packageRoot) {
  const words = argv.slice(-1)[0] === '-h' ? [...argv.slice(0, -1), '--help'] : argv;
  if (words[0] !== 'help' && words[words.length - 1] !== '--help') return undefined;
  const columns = process.stdout.isTTY ? Math.min(process.stdout.columns, 100) : 80;
  const file = path.join(packageRoot, `dist/help-${columns}.txt`);
  if (!fs.existsSync(file)) return undefined;
  const pages = fs.readFileSync(file, 'utf8');
  const head = `\u001e${words.join(' ')}\n`;
  const at = pages.indexOf(head);
  return at < 0 ? undefined : pages.slice(at + head.length, pages.indexOf('\u001e', at + 1));
}

/** Why a line cannot be understood, as the program would say it, or null: a typing error need not cost a start of the program. */
async function refusal(argv, path, fs, url, packageRoot) {
  const file = path.join(packageRoot, 'dist/refusal.js');
  if (argv.length === 0 || !fs.existsSync(file)) return null;
  return (await import(url.pathToFileURL(file).href)).refusal(argv);
}

async function start() {
  const [fs, path, url] = await Promise.all(['node:fs', 'node:path', 'node:url'].map(builtin));
  const packageRoot = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)));

  if (!isRecent(process.versions.node)) {
    const runtime = path.join(packageRoot, 'node_modules/node/bin/node');
    if (fs.existsSync(runtime) && fs.realpathSync(runtime) !== fs.realpathSync(process.execPath)) {
      return runUnder(runtime);
    }
    console.error(
      `firebreak: needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node} (https://nodejs.org)`,
    );
    process.exitCode = 1;
    return undefined;
  }

  const argv = process.argv.slice(2);
  if (argv[0] === '--version' || argv[0] === '-V') {
    const { version } = JSON.parse(fs.readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
    console.log(`firebreak ${version} (node ${process.version} ${process.platform}-${process.arch})`);
    return undefined;
  }

  const page = helpPage(argv, path, fs, packageRoot);
  if (page !== undefined) {
    process.stdout.write(page);
    return undefined;
  }

  const program = path.join(packageRoot, 'dist/cli/main.js');
  if (!fs.existsSync(program)) {
    console.error('firebreak: the program is not built, run: npm run build');
    process.exitCode = 1;
    return undefined;
  }
  const refused = await refusal(argv, path, fs, url, packageRoot);
  if (refused !== null) {
    process.stderr.write(refused);
    process.exitCode = 2;
    return undefined;
  }

  if (process.channel) {
    process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.channel.unref();
  }
  // Colour is detected while modules load, so the wish has to be in place before they do.
  if (wantsNoColor(argv)) process.env.FORCE_COLOR = '0';
  const folder = cacheFolder(path, fs);
  if (folder && !process.env.NODE_COMPILE_CACHE) {
    const { enableCompileCache } = await builtin('node:module');
    enableCompileCache(folder);
  }

  const { main } = await import(url.pathToFileURL(program).href);
  process.exitCode = await main({ packageRoot, argv });
  return undefined;
}

void start();
