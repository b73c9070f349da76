/** Where calls to Microsoft are noted (pino fits). Values never hold tokens, passwords or bodies. */
export interface Log {
  info(values: object, message: string): void;
  warn(values: object, message: string): void;
  error(values: object, message: string): void;
}
