import type { ElementSource } from '../../model/letter.ts';
import type { FormField, PackSource } from './form.ts';

/** How the files of forms write a field. */

type Also = Readonly<{
  otherwise?: ElementSource;
  /** The form can be sent without it. */
  optional?: true;
  whenLate?: true;
}>;

/** What the law asks for and lets follow in phases. */
export const field = (
  id: string,
  title: string,
  article: string,
  from: ElementSource,
  { otherwise, optional, whenLate }: Also = {},
): FormField => ({
  id,
  title,
  article,
  from,
  ...(otherwise === undefined ? {} : { otherwise }),
  required: whenLate === true ? 'when-late' : optional !== true,
  may_follow: true,
});

export const ofPack = (id: string, title: string, article: string, pack: PackSource): FormField => ({
  id,
  title,
  article,
  pack,
});
