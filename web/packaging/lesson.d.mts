import type { Plugin } from 'vite';

/** The name of a chapter’s page, without its ending. */
export function pageName(chapter: string): string;
export const chapterPages: readonly string[];
export function lesson(language: string): Plugin;
