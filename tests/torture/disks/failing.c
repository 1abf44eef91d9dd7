/* Has what is written to a database fail as a disk can: loaded into the program before its C library (LD_PRELOAD).
 * The file that FAILING names says how: an error's number, and `last` where only the page that ends a commit is to fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* The two pages that LMDB begins its file with, of which each commit ends with writing one. */
#define LAST_PAGES 8192

static int failing(int descriptor, off_t at) {
    FILE *told = fopen(getenv("FAILING"), "r");
    char link[64], path[4096], when[16] = "";
    int number = 0;
    if (!told) return 0;
    if (fscanf(told, "%d %15s", &number, when) < 1) number = 0;
    fclose(told);
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!strstr(path, ".mdb") || (!strcmp(when, "last") && at >= LAST_PAGES)) return 0;
    return number;
}

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, #name)
#define FAIL_OR(call) { int number = failing(descriptor, at); if (number) { errno = number; return -1; } return call; }

typedef ssize_t (*write_at)(int, const void *, size_t, off_t);
typedef ssize_t (*write_pieces_at)(int, const struct iovec *, int, off_t);
typedef int (*sync_one)(int);

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at) {
    REAL(pwrite, write_at);
    FAIL_OR(real(descriptor, bytes, size, at))
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off_t at) {
    REAL(pwrite64, write_at);
    FAIL_OR(real(descriptor, bytes, size, at))
}

ssize_t pwritev(int descriptor, const struct iovec *pieces, int count, off_t at) {
    REAL(pwritev, write_pieces_at);
    FAIL_OR(real(descriptor, pieces, count, at))
}

int fdatasync(int descriptor) {
    const off_t at = LAST_PAGES;
    REAL(fdatasync, sync_one);
    FAIL_OR(real(descriptor))
}
