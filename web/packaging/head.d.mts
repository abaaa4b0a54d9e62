import type { Plugin } from 'vite';

export function iconLink(): string;
export function head(language: string): Plugin;
