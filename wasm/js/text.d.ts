/** Texts: vocabularies, tokens, sequences to train on, and counts as a baseline. The core does it all, in the module for data. */
import type { Core, Module, TemporaryBlocks } from './core.ts';
import type { Ngrams, NgramsOptions, ReadText, ReadTextOptions, TextSequences, TextSequencesOptions, TokenData, Vocabulary } from './text-types.ts';
/** Gives the module a vocabulary to keep, and returns it as the module read it. */
export declare function keepVocabulary(data: Module, temporary: TemporaryBlocks, operation: string, { unit, keepCase, tokens }: Vocabulary): Vocabulary;
export declare function readText(core: Core, text: string | Uint8Array, options?: ReadTextOptions): Promise<ReadText>;
export declare function writeText(core: Core, vocabulary: Vocabulary, tokens: ReadonlyArray<number> | Uint32Array): Promise<string>;
export declare function textSequences(core: Core, text: Pick<ReadText, 'vocabulary' | 'tokens' | 'marks'>, options?: TextSequencesOptions): Promise<TextSequences>;
export declare function ngrams(core: Core, training: TokenData, options?: NgramsOptions): Promise<Ngrams>;
