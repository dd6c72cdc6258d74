import type { Json } from '../base/canonical.ts';
import type { Answer } from '../io/server.ts';
import { changed, json, stay } from './routed.ts';
import type { Serve, Told } from './routed.ts';

/** Rows of a simulator's world that are served by their id: read, changed, removed. */
export type Table<State, Row> = Readonly<{
  of(state: State): readonly Row[];
  put(state: State, rows: Row[]): State;
  /** Whether the path means this row. */
  is(row: Row, told: Told<State>): boolean;
  /** The row as the vendor shows it: never a secret that it does not show. */
  shown(row: Row): Json;
  missing(told: Told<State>): Answer;
}>;

/** What a change makes of a row, or the refusal. */
export type Change<State, Row> = (row: Row, told: Told<State>) => Row | Readonly<{ refused: Answer }>;

const isRefusal = (made: unknown): made is Readonly<{ refused: Answer }> =>
  typeof made === 'object' && made !== null && 'refused' in made;

export type Served<State, Row> = Readonly<{
  one: Serve<State>;
  remove: (status?: number) => Serve<State>;
  change: (to: Change<State, Row>, answer?: (row: Row) => Answer) => Serve<State>;
}>;

export const table = <State, Row>(rows: Table<State, Row>): Served<State, Row> => {
  const found = (told: Told<State>): Row | undefined => rows.of(told.state).find((row) => rows.is(row, told));
  return {
    one: (told) => {
      const row = found(told);
      return stay(told, row === undefined ? rows.missing(told) : json(200, rows.shown(row)));
    },
    remove:
      (status = 204) =>
      (told) => {
        const row = found(told);
        if (row === undefined) return stay(told, rows.missing(told));
        const left = rows.of(told.state).filter((one) => one !== row);
        return { state: rows.put(told.state, left), answer: json(status, null) };
      },
    change:
      (to, answer = (row) => json(200, rows.shown(row))) =>
      (told) => {
        const row = found(told);
        if (row === undefined) return stay(told, rows.missing(told));
        const next = to(row, told);
        if (isRefusal(next)) return stay(told, next.refused);
        const all = changed(
          rows.of(told.state),
          (one) => one === row,
          () => next,
        );
        return { state: rows.put(told.state, [...all]), answer: answer(next) };
      },
  };
};
