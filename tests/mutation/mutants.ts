// Finds every small change of a C source that could be a mistake. It relies on clang-format: a binary operator has a
// space on either side, while the star of a pointer and a sign have none.

export interface Mutant {
  readonly file: string;
  /** The line of the change, from 1. */
  readonly line: number;
  /** The position of the replaced text, in characters from 0. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly kind: 'relation' | 'arithmetic' | 'constant' | 'condition' | 'statement' | 'return';
}

interface Token {
  readonly start: number;
  readonly text: string;
  readonly type: 'name' | 'number' | 'mark';
}

const RELATIONS: Record<string, readonly string[]> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
};

/** Some of these have two meanings, which are distinguished by their neighbors: see isBinary. */
const ARITHMETIC: Record<string, string> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '<<': '>>',
  '>>': '<<',
  '&': '|',
  '|': '&',
  '^': '&',
  '&&': '||',
  '||': '&&',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '<<=': '>>=',
  '>>=': '<<=',
  '&=': '|=',
  '|=': '&=',
  '++': '--',
  '--': '++',
};

const MARKS = /^(<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|\*=|\/=|%=|&=|\|=|\^=|[^\sA-Za-z0-9_])/;
const NUMBER = /^(0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*([pP][-+]?\d+)?|\d*\.?\d+([eE][-+]?\d+)?|\d+\.)[uUlLfF]*/;
const SKIPPED = /^(\s+|\/\*[\s\S]*?\*\/|\/\/.*|\\\n|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\.)*')/;

function tokensOf(source: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  for (let at = start; at < end; ) {
    const rest = source.slice(at, end);
    const skipped = SKIPPED.exec(rest)?.[0];
    if (skipped) {
      at += skipped.length;
      continue;
    }
    const [type, text] = /^[A-Za-z_]/.test(rest)
      ? (['name', /^\w+/.exec(rest)![0]] as const)
      : /^(\d|\.\d)/.test(rest)
        ? (['number', NUMBER.exec(rest)![0]] as const)
        : (['mark', MARKS.exec(rest)![0]] as const);
    tokens.push({ start: at, text, type });
    at += text.length;
  }
  return tokens;
}

/** The code between the preprocessor's lines, and the bodies of macros. */
function pieces(source: string): { start: number; end: number; macro: boolean }[] {
  const found = [];
  let from = 0;
  for (const match of source.matchAll(/^[ \t]*#(?:.*\\\n)*.*$/gm)) {
    found.push({ start: from, end: match.index, macro: false });
    from = match.index + match[0].length;
    const define = /^\s*#\s*define\s+\w+(\([^)]*\))?/.exec(match[0]);
    if (define) found.push({ start: match.index + define[0].length, end: from, macro: true });
  }
  found.push({ start: from, end: source.length, macro: false });
  /* only macros are separate pieces, because code continues after a conditional line */
  return found.filter((piece) => piece.end > piece.start);
}

/** A number increased by one, and decreased by one. */
function neighbors(text: string): string[] {
  const [, digits = '', suffix = ''] = /^(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)$/.exec(text) ?? [];
  if (!digits) return [`(${text} + 1)`, `(${text} - 1)`];
  const value = BigInt(digits);
  return [`${value + 1n}${suffix}`, value > 0n ? `${value - 1n}${suffix}` : '(-1)'];
}

const OPERATOR_BEFORE = new Set([
  '(',
  ',',
  '=',
  '?',
  ':',
  '{',
  ';',
  'return',
  '<',
  '>',
  '<=',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
  '+',
  '-',
  '*',
  '/',
  '%',
  '<<',
  '>>',
  '&',
  '|',
  '^',
  '[',
]);

function isBinary(source: string, before: Token | undefined, token: Token): boolean {
  const spaced = /\s/.test(source[token.start - 1] ?? '') && /\s/.test(source[token.start + token.text.length] ?? '');
  return spaced && before !== undefined && !OPERATOR_BEFORE.has(before.text);
}

const CONTROL = new Set(['if', 'for', 'while', 'switch']);
const NO_STATEMENT = new Set([...CONTROL, 'else', 'do', 'case', 'default', 'goto']);
const DECLARES = new Set([
  'const',
  'static',
  'struct',
  'enum',
  'union',
  'extern',
  'typedef',
  'unsigned',
  'signed',
  '_Static_assert',
]);

/** Does a statement that begins here declare something? "size_t n", "rnn_real *x". */
function declares(tokens: readonly Token[], at: number): boolean {
  const [first, second, third] = tokens.slice(at);
  if (!first || !second) return true;
  if (DECLARES.has(first.text)) return true;
  if (first.type !== 'name') return false;
  return second.type === 'name' || (second.text === '*' && third?.type === 'name' && third.start === second.start + 1);
}

/** The content of a pair of braces. */
type Brace = 'function' | 'block' | 'value';

/** Walks through tokens and finds the beginnings of statements and the parentheses of ifs and loops. */
class Walker {
  readonly starts: { at: number; depth: number }[] = [];
  readonly conditions: { open: number; close: number }[] = [];
  readonly braces: Brace[] = [];

  constructor(
    private readonly tokens: readonly Token[],
    macro: boolean,
  ) {
    if (macro) this.braces.push('function');
    const parens: { open: number; control: string }[] = [];
    let begin = macro;
    for (let i = 0; i < tokens.length; i++) {
      const text = tokens[i]!.text;
      const before = tokens[i - 1]?.text ?? '';
      if (begin && parens.length === 0 && text !== '{' && text !== '}' && text !== ';')
        this.starts.push({ at: i, depth: this.braces.length });
      begin = false;
      if (text === '(') {
        parens.push({ open: i, control: CONTROL.has(before) ? before : '' });
      } else if (text === ')') {
        const { open, control } = parens.pop() ?? { open: 0, control: '' };
        if (control === 'if' || control === 'while') this.conditions.push({ open, close: i });
        if (control && tokens[i + 1]?.text !== '{' && tokens[i + 1]?.text !== ';') begin = true;
        if (control && tokens[i + 1]?.text === '{') this.#next = 'block';
      } else if (text === '{') {
        const kind = this.#kind(before);
        this.braces.push(kind);
        begin = kind !== 'value';
      } else if (text === '}') {
        begin = this.braces.pop() !== 'value' && this.braces.at(-1) !== undefined && this.braces.at(-1) !== 'value';
      } else if (text === ';' || text === 'else' || text === 'do' || (text === ':' && this.#isLabel(i))) {
        begin = this.braces.at(-1) !== undefined && this.braces.at(-1) !== 'value' && parens.length === 0;
      }
    }
  }

  #next: Brace | undefined;

  #kind(before: string): Brace {
    const next = this.#next;
    this.#next = undefined;
    if (next) return next;
    if (this.braces.length === 0) return before === ')' ? 'function' : 'value';
    return ['else', 'do', '{', '}', ';', ':'].includes(before) && this.braces.at(-1) !== 'value' ? 'block' : 'value';
  }

  #isLabel(at: number): boolean {
    for (let i = at; i > 0 && !['{', '}', ';', '?'].includes(this.tokens[i]!.text); i--)
      if (this.tokens[i]!.text === 'case' || this.tokens[i]!.text === 'default') return true;
    return false;
  }

  /** The semicolon that ends the statement, or -1 if a block comes first. */
  endOf(start: number): number {
    let depth = 0;
    for (let i = start; i < this.tokens.length; i++) {
      const text = this.tokens[i]!.text;
      if (text === '(' || text === '[' || text === '{') depth++;
      if (text === ')' || text === ']' || text === '}') depth--;
      if (depth < 0) return -1;
      if (text === ';' && depth === 0) return i;
    }
    return -1;
  }
}

/** Every mutant of a source, in the order of their positions. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const mutants: Mutant[] = [];
  const lineOf = (at: number): number => source.slice(0, at).split('\n').length;
  const add = (kind: Mutant['kind'], start: number, end: number, replacement: string): void => {
    mutants.push({ file, line: lineOf(start), start, end, replacement, kind });
  };
  const all = pieces(source);
  const groups = [all.filter((piece) => !piece.macro), ...all.filter((piece) => piece.macro).map((piece) => [piece])];
  for (const group of groups) {
    const tokens = group.flatMap(({ start, end }) => tokensOf(source, start, end));
    const walker = new Walker(tokens, group[0]?.macro ?? false);
    tokens.forEach((token, i) => {
      const { start, text, type } = token;
      const end = start + text.length;
      if (type === 'number') for (const other of neighbors(text)) add('constant', start, end, other);
      for (const other of RELATIONS[text] ?? []) add('relation', start, end, other);
      const other = ARITHMETIC[text];
      if (other && (text.length > 1 || isBinary(source, tokens[i - 1], token))) add('arithmetic', start, end, other);
    });
    for (const { open, close } of walker.conditions) {
      const [from, to] = [tokens[open]!.start, tokens[close]!.start + 1];
      add('condition', from, to, `(!${source.slice(from, to)})`);
    }
    for (const { at, depth } of walker.starts) {
      const first = tokens[at]!;
      const last = walker.endOf(at);
      if (last < 0 || NO_STATEMENT.has(first.text)) continue;
      const end = tokens[last]!.start + 1;
      if (first.text === 'return') {
        /* the return at the end of a function stays, because without it the function would return garbage */
        if (depth > 1 || tokens[last + 1]?.text !== '}') add('return', first.start, end, ';');
      } else if (!declares(tokens, at)) {
        add('statement', first.start, end, ';');
      }
    }
  }
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end || a.replacement.localeCompare(b.replacement));
}

export const mutated = (source: string, { start, end, replacement }: Mutant): string =>
  source.slice(0, start) + replacement + source.slice(end);

/** The lines that a mutant touches, before and after, without surrounding blanks. */
export function shown(source: string, mutant: Mutant): { before: string; after: string } {
  const from = source.lastIndexOf('\n', mutant.start) + 1;
  const to = source.indexOf('\n', mutant.end);
  const tidy = (text: string): string => text.trim().replace(/\s*\\?\n\s*/g, ' ');
  const head = source.slice(from, mutant.start);
  const tail = source.slice(mutant.end, to < 0 ? undefined : to);
  return {
    before: tidy(head + source.slice(mutant.start, mutant.end) + tail),
    after: tidy(head + mutant.replacement + tail),
  };
}

/**
 * A random sample of a list in random order, always the same for a seed (Fisher & Yates; the generator is Mulberry32).
 */
export function sample<T>(list: readonly T[], seed: number): T[] {
  const items = [...list];
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
