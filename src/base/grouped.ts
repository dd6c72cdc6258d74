/** Thousands with commas; by hand, so that the same number reads the same on every machine. */
export const grouped = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
