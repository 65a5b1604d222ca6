/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands in for ICU's data, of which Qt's own are 32 MB: an archive with no entry. Qt asks ICU to
 * sort by a language, to read old encodings and for time zones; the program asks Qt for none of
 * it, and Qt does without where ICU has no data.
 */
#include <stdint.h>

const struct {
    uint16_t header_size;
    uint8_t magic[2];
    uint16_t info_size, reserved;
    uint8_t big_endian, charset, char_size, reserved_too;
    uint8_t format[4], format_version[4], data_version[4];
    uint8_t padding[8];
    uint32_t entries, reserved_last;
} ICUDATA __attribute__((aligned(16))) = {
    32, {0xda, 0x27}, 20, 0, 0, 0, 2, 0, {'T', 'o', 'C', 'P'}, {1, 0, 0, 0}, {0, 0, 0, 0}, {0}, 0, 0,
};
