/* Descriptions of the tasks of data/tasks.c, in sentences. */
#include "../internal.h"
#include "../rnn_files.h"

#define FORM_SCOPE "The rule needs a sequence of this form."

static const struct rnn_task_text TEXTS[] = {
    [RNN_TASK_RANDOM] = {.text = "y is a coin toss that has nothing to do with x: there is nothing to learn.",
                         .solution = "Nothing. Labels can be memorized, not learned.",
                         .scope = "The labels are random: there is no rule."},
    [RNN_TASK_FIRST] =
        {
            .text = "y = 1 when the first value of the sequence is above 0.5.",
            .solution = "Keep one bit from the first step to the last.",
        },
    [RNN_TASK_LAST] =
        {
            .text = "y = 1 when the last value of the sequence is above 0.5.",
            .solution = "No memory at all: the last input decides.",
        },
    [RNN_TASK_MAJORITY] =
        {
            .text = "y = 1 when more than half of the values are above 0.5; on a tie, the last value decides.",
            .solution = "Count: add to the memory at every step.",
        },
    [RNN_TASK_RISING] =
        {
            .text = "y = 1 when the last value is larger than the first.",
            .solution = "Keep a number from the first step to the last, and compare.",
        },
    [RNN_TASK_PARITY] =
        {
            .text = "y = 1 when an odd number of values are above 0.5.",
            .solution = "Flip one bit of memory at each value above 0.5.",
        },
    [RNN_TASK_ORDER] = {.text =
                            "y = 0 to 3 tells which of X and Y came first and which came second, among distractors.",
                        .solution = "Notice two rare symbols and keep their order.",
                        .scope = "The rule needs one symbol at every step, and X or Y at two of them."},
    [RNN_TASK_SINE] = {.text = "y = 1 when the noisy sine wave has period 10, not 20.",
                       .solution = "Measure change from step to step, and average the noise away.",
                       .scope = "The rule needs a noisy sine wave of period 10 or 20."},
    [RNN_TASK_ADDING] = {.text = "y is the sum of the two values whose second feature is 1.",
                         .solution = "Keep two marked numbers and add them.",
                         .scope = "The rule needs exactly two values whose second feature is 1, not 0."},
    [RNN_TASK_ECHO] =
        {
            .text = "At every step, y is the value from three steps earlier, or 0 if there is none.",
            .solution = "Hold the latest three values in a queue.",
        },
    [RNN_TASK_PAIR] = {.text = "y = 1 when 0.95 comes before 0.05 among the last ten values.",
                       .solution = "Notice a jump wherever it is.",
                       .scope = FORM_SCOPE},
    [RNN_TASK_EARLY_PAIR] = {.text = "y = 1 when 0.95 comes before 0.05 among the first ten values.",
                             .solution = "Notice a jump wherever it is.",
                             .scope = FORM_SCOPE},
    [RNN_TASK_RHYMES] = {.text = "y is the next word; the last noun rhymes with the first.",
                         .solution = "Keep the first noun to the end.",
                         .scope = FORM_SCOPE},
    [RNN_TASK_AGREEMENT] = {.text = "y is the next word; the verb, is or are, agrees with the first noun.",
                            .solution = "Keep the first noun to the end.",
                            .scope = FORM_SCOPE},
    [RNN_TASK_AGREEMENT_TRAPS] = {.text = "y is the next word; the verb, is or are, agrees with the first noun.",
                                  .solution = "Keep the first noun to the end.",
                                  .scope = FORM_SCOPE},
};

const struct rnn_task_text *rnn_task_text_of(uint32_t task)
{
    return task < RNNI_COUNT(TEXTS) ? &TEXTS[task] : NULL;
}
