/* The NPY format of NumPy (numpy.lib.format):
 *
 *     "\x93NUMPY", version (1 0, or 2 0), header length (2 or 4 bytes, little-endian), then a dictionary as Python writes it,
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (rows, columns), }   padded with spaces, and the numbers */
#ifndef RNNI_FILES_NPY_H
#define RNNI_FILES_NPY_H

#include "reader.h"
#include "writer.h"

enum { RNNI_NPY_RANK = 2 };

/* The contents of a header. */
struct rnni_npy {
    struct rnni_string descr;
    bool fortran_order;
    uint64_t rank, shape[RNNI_NPY_RANK]; /* of a higher rank only the rank itself is known */
    size_t shape_at;                     /* byte offset of the shape's text */
};

/* Reads the header of the array at reader->at ... reader->end, up to where its numbers begin. */
enum rnn_status rnni_npy_read(struct rnni_reader *reader, struct rnni_npy *npy);

/* Writes a header of 128 bytes. descr: the dtype as text; shape: NULL for a single element. */
void rnni_npy_put(struct rnni_writer *writer, const char *descr, const struct rnn_tensor *shape);

#endif
