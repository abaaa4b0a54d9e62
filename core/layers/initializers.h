/* Initializers of weights, with Keras's definitions. */
#ifndef RNNI_LAYERS_INITIALIZERS_H
#define RNNI_LAYERS_INITIALIZERS_H

#include "../numeric/random.h"

/* Uniform in [-l, l), l = sqrt(6 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16). */
void rnni_glorot_uniform(struct rnni_random *random, rnn_real *weights, size_t count, uint32_t fan_in,
                         uint32_t fan_out);

/* A random matrix (rows <= columns) with orthonormal rows, uniformly distributed: the Q of a QR decomposition of standard normal
 * numbers, with signs fixed by diag(R) > 0 (Saxe, McClelland & Ganguli 2014; Mezzadri 2007). */
void rnni_orthogonal(struct rnni_random *random, rnn_real *weights, size_t rows, size_t columns);

/* Fill a matrix (rows, columns) with the initializer, where fan_in = rows and fan_out = columns. Orthogonal: if rows > columns, the
 * columns are orthonormal, as in Keras. Identity: ones on the diagonal. */
void rnni_initialize(enum rnn_initializer initializer, struct rnni_random *random, rnn_real *weights, uint32_t rows,
                     uint32_t columns);

#endif
