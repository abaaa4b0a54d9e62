/** What the core, or the host, refused. */

/** Where a text or a file went wrong. Line and column count from 1 (0: not applicable), offset counts bytes from 0. */
export interface Diagnosis {
  line: number;
  column: number;
  offset: number;
  text: string;
}

export class RnnError extends Error {
  override readonly name = 'RnnError';
  /**
   * The core's name of the status (RNN_ERROR_SHAPE), or LOAD (a module is missing, refused or broken), MEMORY (the host
   * gives no more), DISPOSED, ENDED (a training that is over) or BUSY (a fit is under way).
   */
  readonly code: string;
  /** The call that failed: 'fit'. */
  readonly operation: string;
  /** Where a CSV text or a file of weights is wrong. */
  readonly diagnosis?: Diagnosis;

  constructor(
    code: string,
    operation: string,
    message: string,
    details: { diagnosis?: Diagnosis; cause?: unknown } = {},
  ) {
    super(`${operation}: ${message}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.operation = operation;
    if (details.diagnosis) this.diagnosis = details.diagnosis;
  }
}
