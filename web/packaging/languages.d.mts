import type { Plugin } from 'vite';

export const LANGUAGES: readonly string[];
export function catalogueNames(language: string): string[];
export function catalogueOf(language: string, name: string): Record<string, string>;
export function catalogueFor(file: string): string;
export function pageIn(language: string, file: string, markup: string): string;
export function coreWords(language: string): Record<'CORE_WORDS', string>;
export function spoken(language: string): Plugin;
