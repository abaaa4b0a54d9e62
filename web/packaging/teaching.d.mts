import type { Plugin } from 'vite';

/** A line of Markdown as markup. */
export function inline(text: string): string;
/** Paragraphs, lists and tables of Markdown as markup. */
export function blocks(text: string): string;
/** The page with the parts of docs/teaching in the place of its comments: in its language, or marked as English. */
export function withTeaching(markup: string, language?: string): string;
export function teaching(language: string): Plugin;
