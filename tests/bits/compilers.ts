/**
 * Compilers with their flags, and the expected result for the core's sources: the same bits, or an error with a
 * sentence.
 */

/** The name of a machine's fused multiply-add instruction, and how to disassemble and run its programs here. */
export interface Machine {
  fused: RegExp;
  objdump: string;
  run: string[];
}

const x86 = /\bvf(n?m(add|sub)|maddsub|msubadd)\w*/;
const machines = {
  x86: { fused: x86, objdump: 'objdump', run: [] },
  i386: { fused: x86, objdump: 'objdump', run: process.arch === 'x64' ? [] : ['qemu-i386'] },
  aarch64: {
    fused: /\bf(n?m(add|sub)|ml[as]|n?m(ad|sb|la|ls))\b/,
    objdump: 'aarch64-linux-gnu-objdump',
    run: ['qemu-aarch64'],
  },
  arm: { fused: /\bvfn?m[as]\./, objdump: 'arm-linux-gnueabihf-objdump', run: ['qemu-arm'] },
  riscv64: { fused: /\bfn?m(add|sub)\.[sd]\b/, objdump: 'riscv64-linux-gnu-objdump', run: ['qemu-riscv64'] },
  ppc64le: {
    fused: /\b([xf]\w?n?m(add|sub)\w*|vmaddfp|vnmsubfp)\b/,
    objdump: 'powerpc64le-linux-gnu-objdump',
    run: ['qemu-ppc64le'],
  },
  s390x: { fused: /\b(m[as][ed]b?r?|[wv]fn?m[as][sd]b)\b/, objdump: 's390x-linux-gnu-objdump', run: ['qemu-s390x'] },
} satisfies Record<string, Machine>;

/** A row that gives the golden bits. */
export interface Build {
  machine: Machine;
  compiler: string;
  flags: string[];
  /** Would the compiler fuse a multiplication and an addition with these flags if the source did not forbid it? */
  fuses: boolean;
  /** The processor must have fused multiply-add instructions. */
  fma: boolean;
}

/** A row that the source rejects, with some words of the error message. */
export interface Refusal {
  compiler: string;
  flags: string[];
  sentence: RegExp;
}

interface More {
  quick?: boolean;
  fuses?: boolean;
}

function builds(
  machine: keyof typeof machines,
  compiler: string,
  ...lines: [flags: string, more?: More][]
): (Build & { quick: boolean })[] {
  return lines.map(([flags, { quick = false, fuses = false } = {}]) => ({
    machine: machines[machine],
    compiler,
    flags: flags.split(' '),
    quick,
    fuses,
    fma: flags.includes('-mfma'),
  }));
}

const every = [
  ...builds(
    'x86',
    'gcc',
    ['-O2 -march=native', { quick: true }],
    ['-O3 -march=native'],
    ['-O3 -mavx2 -mfma', { fuses: true }],
    ['-O2 -mfma -ffp-contract=fast', { fuses: true }],
    ['-O2 -mfma -flto'],
    ['-O0', { quick: true }],
  ),
  ...builds(
    'x86',
    'clang',
    ['-O2 -mfma', { quick: true, fuses: true }],
    ['-O3 -march=native'],
    ['-O2 -mfma -funsafe-math-optimizations', { fuses: true }],
    ['-O2 -fassociative-math -fno-signed-zeros -freciprocal-math'],
    ['-O0'],
  ),
  ...builds('x86', 'musl-gcc', ['-static -O2']),
  ...builds('i386', 'i686-linux-gnu-gcc', ['-static -O2 -msse2 -mfpmath=sse'], ['-static -O0 -msse2 -mfpmath=sse']),
  ...builds('i386', 'clang', ['--target=i686-linux-gnu -static -O2 -msse2 -mfpmath=sse']),
  ...builds('aarch64', 'aarch64-linux-gnu-gcc', ['-static -O2', { fuses: true }]),
  ...builds('aarch64', 'clang', ['--target=aarch64-linux-gnu -static -O2', { fuses: true }]),
  ...builds('arm', 'arm-linux-gnueabihf-gcc', ['-static -O2'], ['-static -O3 -mfpu=neon-vfpv4', { fuses: true }]),
  ...builds('arm', 'clang', ['--target=arm-linux-gnueabihf -march=armv7-a -mfpu=vfpv3-d16 -static -O2']),
  ...builds('riscv64', 'riscv64-linux-gnu-gcc', ['-static -O2', { fuses: true }]),
  ...builds('riscv64', 'clang', ['--target=riscv64-linux-gnu -static -O2', { fuses: true }]),
  ...builds('ppc64le', 'powerpc64le-linux-gnu-gcc', ['-static -O2', { fuses: true }]),
  ...builds('ppc64le', 'clang', ['--target=powerpc64le-linux-gnu -static -O2', { fuses: true }]),
  ...builds(
    's390x',
    's390x-linux-gnu-gcc',
    ['-static -O2', { fuses: true }],
    ['-static -O2 -march=z14', { fuses: true }],
    ['-static -O2 -std=c11 -fexcess-precision=fast'],
  ),
  ...builds('s390x', 'clang', ['--target=s390x-linux-gnu -static -O2', { fuses: true }]),
];

const exact = /only with exact arithmetic: compile it without -ffast-math, -Ofast and their parts/;
const rounded = /each operation on floats rounded to a float \(FLT_EVAL_METHOD 0\)/;

function refused(sentence: RegExp, compiler: string, ...lines: string[]): Refusal[] {
  return lines.map((flags) => ({ compiler, flags: flags.split(' '), sentence }));
}

/** The rows of `make test`, which need only gcc and clang. */
const quickRefusals = [
  ...refused(
    exact,
    'gcc',
    '-Ofast',
    '-ffast-math',
    '-funsafe-math-optimizations',
    '-fassociative-math -fno-signed-zeros -fno-trapping-math',
  ),
  ...refused(exact, 'gcc', '-freciprocal-math', '-ffinite-math-only', '-fno-signed-zeros'),
  ...refused(
    /constants in double: compile it without -fsingle-precision-constant/,
    'gcc',
    '-fsingle-precision-constant',
  ),
  ...refused(rounded, 'gcc', '-mfpmath=387'),
  ...refused(exact, 'clang', '-Ofast', '-ffast-math', '-ffinite-math-only', '-ffp-model=fast'),
];
const everyRefusal = [
  ...quickRefusals,
  ...refused(
    rounded,
    'i686-linux-gnu-gcc',
    '-O2',
    '-O2 -std=c11',
    '-O2 -fexcess-precision=fast',
    '-O2 -msse2 -mfpmath=both',
  ),
  ...refused(rounded, 'clang', '--target=i686-linux-gnu -march=pentium'),
  ...refused(rounded, 's390x-linux-gnu-gcc', '-O2 -std=c11', '-O2 -fexcess-precision=standard'),
  ...refused(/NEON takes for zero on 32-bit ARM/, 'clang', '--target=arm-linux-gnueabihf -march=armv7-a -mfpu=neon'),
  ...refused(/a compiler with vector extensions: use gcc, clang, or clang-cl instead of MSVC/, 'tcc', '-O2'),
];

export const nameOf = ({ compiler, flags }: { compiler: string; flags: string[] }): string =>
  `${compiler} ${flags.join(' ')}`;

/** All rows. docs/determinism.md lists each of them. */
export const all: { builds: Build[]; refusals: Refusal[] } = { builds: every, refusals: everyRefusal };

/** The rows of `make test`. */
export const quick: { builds: Build[]; refusals: Refusal[] } = {
  builds: every.filter((row) => row.quick),
  refusals: quickRefusals,
};
