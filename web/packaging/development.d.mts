import type { Plugin } from 'vite';

export const DEVELOPMENT_MODULES: string;
export function development(root: string, build: string): Plugin;
