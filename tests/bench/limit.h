/* The limit that the engine is measured against. */
#ifndef TESTS_BENCH_LIMIT_H
#define TESTS_BENCH_LIMIT_H

/* Operations of one turn of limit_run: 12 chains × 4 links × 4 lanes × (one product and one sum). */
#define LIMIT_OPERATIONS 384

/* So many turns of 12 independent chains a = a·s + b of four floats each, without fused multiply-add. Answers a sum of
 * all of them, so that none is left out. */
float limit_run(unsigned turns);

#endif
