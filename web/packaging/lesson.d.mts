import type { Plugin } from 'vite';

export const chapterPages: readonly string[];
export function lesson(language: string): Plugin;
