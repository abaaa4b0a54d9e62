/** Errors from the core or from the host. */
/**
 * The position of an error in a text or a file. Line and column count from 1 (0: not applicable), offset counts bytes
 * from 0.
 */
export interface Diagnosis {
    line: number;
    column: number;
    offset: number;
    text: string;
}
export declare class RnnError extends Error {
    readonly name = "RnnError";
    /**
     * The core's name of the status (RNN_ERROR_SHAPE), or LOAD (a module is missing, blocked or damaged), MEMORY (the
     * host has no more), DISPOSED (the model was disposed), ENDED (the training is over) or BUSY (a fit is running).
     */
    readonly code: string;
    /** The name of the function that failed: 'fit'. */
    readonly operation: string;
    /** For a text, a table or a file of weights: the position of the error. */
    readonly diagnosis?: Diagnosis;
    constructor(code: string, operation: string, message: string, details?: {
        diagnosis?: Diagnosis;
        cause?: unknown;
    });
}
