import { growing, piecesOf } from '../../../io/growing.ts';
import { formOf, type FormId } from '../../../letters/merge/forms.ts';
import { merging, nothingYet } from '../../../letters/merge/merge.ts';
import { outOf } from '../../../letters/merge/out.ts';
import { salutation } from '../../../letters/merge/salutation.ts';
import { batch, variables } from './letter.ts';

// One merge in a process of its own, so that its memory is its own too: list, form and output as arguments.
const [list = '', form = 'mbox', path = ''] = process.argv.slice(2);
const file = growing(path, 0);
const out = outOf((bytes) => file.write(bytes));
const merge = merging({
  list,
  encoding: 'utf-8',
  separator: ',',
  variables,
  wanted: { mail: true, languages: new Set(['en']), language: 'en', salt: 'bench', salutation },
  form: formOf(form as FormId, batch),
  out,
  onRejected: ({ line, why }) => {
    throw new Error(`line ${line}: ${why}`);
  },
  before: nothingYet,
});
for (const piece of piecesOf(list)) merge.push(piece);
merge.end();
out.flush();
file.close();
