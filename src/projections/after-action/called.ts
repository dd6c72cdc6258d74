/** Letters read no fold: the words of a call come to them through the view. */
export { callWords } from '../../incident/called.ts';
