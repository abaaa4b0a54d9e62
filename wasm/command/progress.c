#define _POSIX_C_SOURCE 200809L /* for isatty */
#include "progress.h"

#include "report.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 30, LINE_BYTES = 200 };

void display_start(struct display *display)
{
    display->redraws = display->verbosity == BAR && isatty(STDOUT_FILENO);
    display->drawn = 0;
}

uint32_t display_budget(const struct display *display, uint32_t batch)
{
    uint32_t left = display->batches - batch;
    uint32_t part = display->redraws ? (display->batches + BAR_WIDTH - 1) / BAR_WIDTH : left;
    return part < left ? part : left;
}

/* "[======>.......]", complete when all batches are done. */
static void put_bar(char *text, uint32_t batch, uint32_t batches)
{
    uint32_t filled = (uint32_t)((uint64_t)batch * BAR_WIDTH / batches);
    text[0] = '[';
    memset(text + 1, '.', BAR_WIDTH);
    memset(text + 1, '=', filled);
    if (filled < BAR_WIDTH) text[1 + (filled ? filled - 1 : 0)] = '>';
    memcpy(text + 1 + BAR_WIDTH, "]", 2);
}

/* Overwrites the current line; spaces cover the rest of a longer one. */
static void redraw(struct display *display, uint32_t batch, const char *figures)
{
    char bar[BAR_WIDTH + 3];
    put_bar(bar, batch, display->batches);
    int digits = snprintf(NULL, 0, "%lu", (unsigned long)display->batches);
    int width = printf("\r%*lu/%lu %s%s", digits, (unsigned long)batch, (unsigned long)display->batches, bar, figures);
    if (width < display->drawn) printf("%*s", display->drawn - width, "");
    display->drawn = width;
    fflush(stdout);
}

static void figures_text(char text[LINE_BYTES], const struct display *display, const struct rnn_epoch *figures,
                         bool validates)
{
    int used = snprintf(text, LINE_BYTES, " - loss: %.4f - %s: %.4f", figures->loss, display->metric,
                        display->unit * figures->metric);
    if (validates && used < LINE_BYTES)
        snprintf(text + used, (size_t)(LINE_BYTES - used), " - val_loss: %.4f - val_%s: %.4f", figures->val_loss,
                 display->metric, display->unit * figures->val_metric);
}

void display_epoch_begin(struct display *display, uint32_t epoch)
{
    if (display->verbosity == SILENT) return;
    printf("Epoch %lu/%lu%s", (unsigned long)epoch, (unsigned long)display->epochs,
           display->verbosity == BAR ? "\n" : "");
    if (display->redraws) redraw(display, 0, "");
}

void display_batch(struct display *display, const struct rnn_progress *progress)
{
    char text[LINE_BYTES];
    if (!display->redraws) return;
    figures_text(text, display, &(struct rnn_epoch){.loss = progress->loss, .metric = progress->metric}, false);
    redraw(display, progress->batch, text);
}

void display_epoch_end(struct display *display, const struct rnn_epoch *figures)
{
    char text[LINE_BYTES];
    if (display->verbosity == SILENT) return;
    figures_text(text, display, figures, display->validates);
    if (display->redraws)
        redraw(display, display->batches, text);
    else if (display->verbosity == BAR)
        printf("%lu/%lu%s", (unsigned long)display->batches, (unsigned long)display->batches, text);
    else
        fputs(text, stdout);
    putchar('\n');
    fflush(stdout);
    output_goes_on();
    display->drawn = 0;
}

void display_stopped(const struct display *display, const struct rnn_progress *progress)
{
    if (display->verbosity == SILENT) return;
    printf("Stopped early after epoch %lu. The best epoch was %lu.\n", (unsigned long)progress->epoch,
           (unsigned long)progress->best_epoch);
}

void display_break(struct display *display)
{
    if (display->drawn || display->verbosity == LINES) putchar('\n');
    display->drawn = 0;
}
