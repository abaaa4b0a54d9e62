/** A model: its blocks in the module's memory, with Keras's functions. */
import { type Core } from './core.ts';
import { type Checked, TrainingRun } from './training.ts';
import type { Backward, BackwardOptions, CompileOptions, Contribution, DataOptions, EvaluateOptions, InitialState, Metrics, FitOptions, Framework, Generated, GenerateOptions, GradientCheck, History, Numbers, ProgramOptions, Sequence, Sequences, Sequential, SequentialConfig, Tensor, Terms, TermsOptions, Trace, TraceOptions, Training, TrainingOptions, WeightsConfig, WeightsNotes } from './types.ts';
export declare const CONFIG: readonly ['units', 'timesteps', 'features', 'cell', 'activation', 'layers', 'returnSequences', 'loss', 'classes', 'kernelInitializer', 'recurrentInitializer', 'recurrentGain', 'l2', 'seed'];
export declare const COMPILE: readonly ["optimizer", "loss", "metrics", "nesterov", "learningRate", "beta1", "beta2", "epsilon", "rho", "momentum", "globalClipnorm", "clipvalue"];
/** Lets the event loop turn once. A message is faster than the shortest timer. */
export declare function turn(): Promise<void>;
export declare const isPromise: (value: unknown) => value is PromiseLike<unknown>;
export declare class Model implements Sequential {
    #private;
    readonly units: number;
    readonly timesteps: number;
    readonly features: number;
    readonly cell: string;
    readonly activation: string;
    readonly layers: number;
    readonly returnSequences: boolean;
    readonly loss: string;
    readonly metric: string;
    readonly outputs: number;
    readonly seed: number;
    readonly tensors: readonly Tensor[];
    readonly parameterCount: number;
    constructor(core: Core, config: SequentialConfig);
    get stopTraining(): boolean;
    set stopTraining(stop: boolean);
    get learningRate(): number;
    get counters(): {
        updates: number;
        epochs: number;
        position: number;
    };
    compile(given?: CompileOptions): void;
    setLearningRate(rate: number): void;
    fit(x: Sequences, y: Numbers, options?: FitOptions): Promise<History>;
    training(x: Sequences, y: Numbers, options?: TrainingOptions): Training;
    evaluate(x: Sequences, y: Numbers, options?: EvaluateOptions): Metrics;
    predict(x: Sequences, options?: EvaluateOptions): Float32Array;
    confusion(x: Sequences, y: Numbers, options?: EvaluateOptions): Uint32Array;
    gradient(x: Sequences, y: Numbers, options?: DataOptions): Metrics & {
        gradient: Float32Array[];
    };
    backward(x: Sequences, y: Numbers, options?: BackwardOptions): Backward;
    gradientCheck(x: Sequences, y: Numbers, parameter: number, options?: DataOptions): GradientCheck;
    step(x: number | Numbers): ReturnType<Sequential['step']>;
    resetStates(state?: InitialState): void;
    generate(prompt: readonly number[] | Uint32Array, options?: GenerateOptions): Generated;
    roll(x: Sequence, steps: number): Float32Array;
    trace(x: Sequence, y?: number | Numbers, options?: TraceOptions): Trace;
    contribution(trace: Trace, t: number, layer?: number): Contribution;
    terms(trace: Trace, t: number, unit: number, options?: TermsOptions): Terms;
    activate(z: Numbers, gate?: number): Float32Array;
    summary(): string;
    getWeights(): Float32Array[];
    setWeights(weights: ReadonlyArray<Numbers> | Numbers): void;
    get notes(): WeightsNotes;
    saveWeights(notes?: WeightsNotes): Promise<Uint8Array>;
    saveNpz(notes?: WeightsNotes): Promise<Uint8Array>;
    weightsConfig(file: Uint8Array): Promise<WeightsConfig>;
    loadWeights(file: Uint8Array): Promise<WeightsNotes>;
    continueIn(framework: Framework, given?: ProgramOptions): Promise<string>;
    snapshot(): Uint8Array;
    restore(snapshot: Uint8Array): void;
    dispose(): void;
    /** @throws RnnError if the model was disposed. */
    alive(operation: string): void;
    /** Checks the arguments of a training. The result can be used for any model of the same shape. */
    checked(operation: string, x: Sequences, y: Numbers, options: TrainingOptions): Checked;
    /** Begins a training, which ends the previous one. */
    begin(operation: string, checked: Checked): TrainingRun;
}
