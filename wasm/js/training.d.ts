/** A fit in portions: its data, its memory block, its history. */
import { type Kind } from './checks.ts';
import type { Core } from './core.ts';
import type { History, Logs, Progress, Training, TrainingOptions } from './types.ts';
export declare const TRAINING_OPTIONS: readonly ['epochs', 'batchSize', 'shuffle', 'validationSplit', 'validationData', 'validationFreq', 'lengths', 'learningRates', 'earlyStopping'];
/** The parts of a model that a training uses. */
export interface TrainableModel {
    readonly core: Core;
    readonly model: number;
    readonly timesteps: number;
    readonly features: number;
    readonly targets: Kind;
    /** The number of targets per sequence: 1, or timesteps. */
    readonly readouts: number;
    /** "accuracy" or "mean_absolute_error". */
    readonly metric: string;
    /** A workspace for batches of the given size. Another call may return another one. */
    workspace(operation: string, batchSize: number): number;
    /** @throws RnnError if the model was disposed. */
    alive(operation: string): void;
}
/** Training data and options, checked and copied. Several trainings may share them. */
export interface Checked {
    epochs: number;
    batchSize: number;
    shuffle: boolean;
    validationFreq: number;
    learningRates: Float64Array;
    stopping: {
        monitor: number;
        patience: number;
        minDelta: number;
        restoreBestWeights: number;
    };
    x: Float32Array;
    y: Float32Array;
    lengths: Uint32Array | undefined;
    samples: number;
    /** Given separately, or the last samples of x and y, from index `samples` on. */
    validation: {
        x: Float32Array;
        y: Float32Array;
        lengths: Uint32Array | undefined;
    } | undefined;
}
/** Checks the options of training, except the validation data, and fills in defaults. */
export declare function checkSchedule(core: Core, operation: string, options: Omit<TrainingOptions, 'validationData'>): {
    epochs: number;
    batchSize: number;
    shuffle: boolean;
    validationSplit: number;
    validationFreq: number;
};
export declare function checkTraining(operation: string, trainable: TrainableModel, xs: unknown, ys: unknown, options: TrainingOptions): Checked;
export declare class TrainingRun implements Training {
    #private;
    constructor(operation: string, trainable: TrainableModel, checked: Checked);
    advance(updates?: number): Progress;
    nextBatch(): Uint32Array;
    /** Metrics of the latest epoch, by name. */
    get latest(): Logs;
    get history(): History;
    dispose(): void;
}
