import type { Plugin } from 'vite';

/** The page of a chapter, without its ending. */
export function pageName(chapter: string): string;
export const chapterPages: readonly string[];
export function lesson(language: string): Plugin;
