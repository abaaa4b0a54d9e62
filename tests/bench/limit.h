/* The limit to which the engine is compared. */
#ifndef TESTS_BENCH_LIMIT_H
#define TESTS_BENCH_LIMIT_H

/* Operations per iteration of limit_run: 12 chains × 4 links × 4 lanes × (one product and one sum). */
#define LIMIT_OPERATIONS 384

/* Runs this many iterations of 12 independent chains a = a·s + b of four floats each, without fused multiply-add. Returns the sum
 * of all of them, so that the compiler removes none. */
float limit_run(unsigned turns);

#endif
