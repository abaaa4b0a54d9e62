#include "utf8.h"

size_t rnni_utf8_bytes(const char *text, size_t room)
{
    const unsigned char *s = (const unsigned char *)text;
    if (room == 0) return 0;
    const size_t bytes = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
    if (bytes > room) return 0;
    for (size_t i = 1; i < bytes; i++)
        if (s[i] >> 6 != 2) return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90)) return 0; /* an overlong form */
    if ((s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f)) return 0; /* a surrogate, or above U+10FFFF */
    return bytes;
}
