import { parentPort, workerData } from 'node:worker_threads';
import { systemTypesetter } from '../../src/io/typeset.ts';
import type { PaperLetter } from '../../src/letters/papers/document.ts';
import { pdfOf } from '../../src/letters/papers/pdf.ts';

// Sets the letters that it is handed with a typesetter of its own.
const { fonts, letters } = workerData as Readonly<{ fonts: string; letters: readonly PaperLetter[] }>;
const typesetter = systemTypesetter(fonts);
parentPort?.postMessage(letters.map((letter) => pdfOf(typesetter, letter).bytes));
