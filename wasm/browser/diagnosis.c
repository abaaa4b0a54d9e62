#include "diagnosis.h"

#include "boundary.h"

struct rnn_diagnosis diagnosis;

enum rnn_status diagnosed(enum rnn_status status)
{
    if (status == RNN_ERROR_CSV || status == RNN_ERROR_WEIGHTS || status == RNN_ERROR_TEXT) {
        answer_area[0] = diagnosis.line;
        answer_area[1] = diagnosis.column;
        answer_area[2] = (double)diagnosis.offset;
        answer_area[3] = address_of(diagnosis.text);
    }
    return status;
}
