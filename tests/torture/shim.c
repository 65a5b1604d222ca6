/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands between a program and its disk (LD_PRELOAD): fails what is asked, of files whose path holds
 * a word, and keeps the locks of one computer from reaching another. Compiled by the run itself.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, UNLINK = 8 };

static char word[256];
static int kinds, fails_with, countdown, lasts, is_short;
static int failed;

/* Fail the n-th call of these kinds on files whose path holds the word, and, if it lasts, all that
 * follow. */
void torture_fail(const char *part, int which, int number, int error, int stays, int half)
{
    snprintf(word, sizeof word, "%s", part);
    kinds = which;
    countdown = number;
    fails_with = error;
    lasts = stays;
    is_short = half;
    failed = 0;
}

void torture_heal(void) { kinds = 0; }

int torture_failed(void) { return failed; }

static int is_meant(const char *path) { return path && strstr(path, word) != NULL; }

static int is_due(int kind, int fd, const char *path)
{
    char link[64], found[4096];
    if (!(kinds & kind))
        return 0;
    if (!path) {
        ssize_t length;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        length = readlink(link, found, sizeof found - 1);
        if (length < 0)
            return 0;
        found[length] = 0;
        path = found;
    }
    if (!is_meant(path))
        return 0;
    if (countdown > 0)
        countdown--;
    if (countdown > 0 || (failed && !lasts))
        return 0;
    failed++;
    errno = fails_with;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *from, size_t size)
{
    if (is_due(WRITE, fd, NULL))
        return -1;
    return REAL(write)(fd, from, size);
}

/* A disk that fills up may take a part of what it is given. */
static ssize_t half(int fd, const void *from, size_t size, off64_t at)
{
    int error = errno;
    if (is_short && size > 1)
        REAL(pwrite64)(fd, from, size / 2, at);
    errno = error;
    return -1;
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at)
{
    if (is_due(WRITE, fd, NULL))
        return half(fd, from, size, at);
    return REAL(pwrite64)(fd, from, size, at);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at)
{
    return pwrite64(fd, from, size, at);
}

int fsync(int fd) { return is_due(SYNC, fd, NULL) ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return is_due(SYNC, fd, NULL) ? -1 : REAL(fdatasync)(fd); }

int ftruncate64(int fd, off64_t size)
{
    return is_due(TRUNCATE, fd, NULL) ? -1 : REAL(ftruncate64)(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) { return is_due(UNLINK, -1, path) ? -1 : REAL(unlink)(path); }

int unlinkat(int folder, const char *path, int flags)
{
    return is_due(UNLINK, -1, path) ? -1 : REAL(unlinkat)(folder, path, flags);
}

/* The locks of a share that do not reach the other computer: each is granted, none is taken. */
static int no_lock(int fd, int command, void *given, int (*real)(int, int, ...))
{
    if (getenv("TORTURE_NO_LOCKS")) {
        if (command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK ||
            command == F_OFD_SETLKW)
            return 0;
        if (command == F_GETLK || command == F_OFD_GETLK) {
            ((struct flock *)given)->l_type = F_UNLCK;
            return 0;
        }
    }
    return real(fd, command, given);
}

int fcntl(int fd, int command, ...)
{
    va_list arguments;
    void *given;
    va_start(arguments, command);
    given = va_arg(arguments, void *);
    va_end(arguments);
    return no_lock(fd, command, given, REAL(fcntl));
}

int fcntl64(int fd, int command, ...)
{
    va_list arguments;
    void *given;
    va_start(arguments, command);
    given = va_arg(arguments, void *);
    va_end(arguments);
    return no_lock(fd, command, given, REAL(fcntl64));
}
