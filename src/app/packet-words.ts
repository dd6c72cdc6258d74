/** The first letters of a root, in groups of four, as two people read them to each other. */
export const spoken = (root: string): string => root.slice(0, 16).replaceAll(/(.{4})(?=.)/g, '$1 ');
