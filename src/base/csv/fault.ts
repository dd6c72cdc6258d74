/**
 * Reads tables as people and vendors export them (RFC 4180 and its neighbours), in pieces of any size: memory is bounded by the
 * longest row. What is wrong with one row is said of that row, and the reading goes on.
 */
export type CsvFault =
  | Readonly<{ is: 'ragged'; line: number; wanted: number; got: number }>
  | Readonly<{ is: 'bytes'; line: number; encoding: Encoding }>
  | Readonly<{ is: 'too-long'; line: number; max: number }>
  | Readonly<{ is: 'open-quote'; line: number }>;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Separator = ',' | ';' | '\t';

export interface CsvReader {
  push(bytes: Uint8Array): void;
  end(): void;
}

/** One sentence for a person, without the line: that stands beside it. */
export const csvFaultWords = (fault: CsvFault): string => {
  switch (fault.is) {
    case 'ragged':
      return `this row has ${fault.got} cells, the first row has ${fault.wanted}`;
    case 'bytes':
      return `this row holds bytes that are no ${fault.encoding.toUpperCase()}`;
    case 'too-long':
      return `this row has more than ${fault.max} bytes`;
    case 'open-quote':
      return 'a quotation mark opens here and never closes';
  }
};
