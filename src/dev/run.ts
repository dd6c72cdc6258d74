import { join } from 'node:path';
import { main } from '../cli/main.ts';

// Runs the program from its sources, without a build: npm run dev -- <arguments>

process.exitCode = await main({
  packageRoot: join(import.meta.dirname, '../..'),
  argv: process.argv.slice(2),
});
