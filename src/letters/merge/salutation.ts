/** How a letter begins, by language, for somebody whose name is known or is not. Never by sex: a list seldom knows it. */
const words: Readonly<Record<string, Readonly<{ named: (name: string) => string; unnamed: string }>>> = {
  en: { named: (name) => `Dear ${name},`, unnamed: 'Dear customer,' },
  de: { named: (name) => `Guten Tag ${name},`, unnamed: 'Guten Tag,' },
  fr: { named: (name) => `Bonjour ${name},`, unnamed: 'Bonjour,' },
  es: { named: (name) => `Hola, ${name}:`, unnamed: 'Hola:' },
};

/** Empty in a language that nobody has taught a salutation. */
export const salutation = (language: string, name: string): string => {
  const known = words[language];
  if (known === undefined) return name === '' ? '' : `${name},`;
  return name === '' ? known.unnamed : known.named(name);
};
