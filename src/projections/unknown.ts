/** Said wherever the whole is told: nothing is passed over in silence. Null where every entry is known. */
export const unknownWords = (count: number): string | null => {
  if (count === 0) return null;
  const [are, say] = count === 1 ? ['1 entry is', 'it says'] : [`${count} entries are`, 'they say'];
  return `${are} of a kind that only a newer firebreak knows: what ${say} is missing here. \`firebreak journal show\` has ${count === 1 ? 'it' : 'them'}; take the newer version.`;
};
