/* Fails one chosen call of those that change a disk, below one folder: preload it, then
   faults_arm(n, errno): the n-th write, sync, open, rename, truncate or unlink there fails with
   errno and all later ones pass; faults_stop() returns how many there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char root[PATH_MAX];
static long fail_at, seen;
static int error, armed;

void faults_root(const char *folder) { strncpy(root, folder, sizeof root - 1); }
void faults_arm(long at, int number) { fail_at = at; error = number; seen = 0; armed = 1; }
long faults_stop(void) { armed = 0; return seen; }

static int below(const char *path) { return path && !strncmp(path, root, strlen(root)); }

static int of_root(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return below(path);
}

static int fault(int concerns) {
  if (!armed || !concerns) return 0;
  if (++seen != fail_at) return 0;
  errno = error;
  return 1;
}

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)
#define WRITING(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))

#define OPEN(name) \
int name(const char *path, int flags, ...) { \
  typedef int (*f)(const char *, int, ...); REAL(#name, f); \
  va_list list; va_start(list, flags); mode_t mode = va_arg(list, int); va_end(list); \
  if (fault(below(path) && WRITING(flags))) return -1; \
  return real(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
int name(int dir, const char *path, int flags, ...) { \
  typedef int (*f)(int, const char *, int, ...); REAL(#name, f); \
  va_list list; va_start(list, flags); mode_t mode = va_arg(list, int); va_end(list); \
  if (fault(below(path) && WRITING(flags))) return -1; \
  return real(dir, path, flags, mode); }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *data, size_t n) {
  typedef ssize_t (*f)(int, const void *, size_t); REAL("write", f);
  return fault(of_root(fd)) ? -1 : real(fd, data, n);
}

#define PWRITE(name, off) \
ssize_t name(int fd, const void *data, size_t n, off at) { \
  typedef ssize_t (*f)(int, const void *, size_t, off); REAL(#name, f); \
  return fault(of_root(fd)) ? -1 : real(fd, data, n, at); }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ONE(name) \
int name(int fd) { \
  typedef int (*f)(int); REAL(#name, f); \
  return fault(of_root(fd)) ? -1 : real(fd); }
ONE(fsync)
ONE(fdatasync)

#define TRUNCATE(name, off) \
int name(int fd, off length) { \
  typedef int (*f)(int, off); REAL(#name, f); \
  return fault(of_root(fd)) ? -1 : real(fd, length); }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
  typedef int (*f)(const char *, const char *); REAL("rename", f);
  return fault(below(to)) ? -1 : real(from, to);
}
int unlink(const char *path) {
  typedef int (*f)(const char *); REAL("unlink", f);
  return fault(below(path)) ? -1 : real(path);
}
