// A layer between a program and its system that makes the N-th request fail, to see what the
// program does then.
//
//   LD_PRELOAD=build/dev/tests/support/libliantu_failing.so LIANTU_FAIL_ALLOC=1000 liantu build …
//
// Each variable names the request that fails, counted from the beginning of main() over all
// threads, the first is 1; with a plus behind it (`1000+`) that one and all after it fail. None
// set: nothing fails, everything is counted.
//
// clang-format off
//   LIANTU_FAIL_ALLOC=N    malloc, calloc, realloc and the aligned ones (so operator new, too): no memory
//   LIANTU_FAIL_MMAP=N     mmap that the program itself asks for: ENOMEM
//   LIANTU_FAIL_THREAD=N   pthread_create: EAGAIN
//   LIANTU_FAIL_SPAWN=N    posix_spawn: EAGAIN
//   LIANTU_FAIL_OPEN=N     open, openat: EMFILE
//   LIANTU_FAIL_WRITE=N    write, pwrite, writev; not what the C library writes for stdio: ENOSPC
//   LIANTU_FAIL_FSYNC=N    fsync, fdatasync: EIO
//   LIANTU_FAIL_RENAME=N   rename, renameat, renameat2, link: EIO
//   LIANTU_FAIL_CLOSE=N    close; the file is closed all the same: EIO
// clang-format on
//
//   LIANTU_FAIL_REPORT=FILE    at the end one line is added, `alloc 1234 mmap 1 thread 2 open …`,
//   with how often each was
//                              asked for: what N to sample from. Nothing when a signal or _exit
//                              ends the program.
//   LIANTU_FAIL_PROGRAM=NAME   the program this is for (default `liantu`); all others, such as a
//   shell before it and the
//                              `dot` that it starts, run as if the layer were not there.
//   LIANTU_PROCESSORS=N        the system tells of so many processors, up to 64, whatever it has:
//                              to see that results do not depend on how many threads work.
//
// For glibc on Linux. Sanitizers bring an allocator of their own and must not be combined with it.

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

extern "C" {
void* __libc_malloc(std::size_t bytes);                           // NOLINT
void* __libc_calloc(std::size_t count, std::size_t bytes);        // NOLINT
void* __libc_realloc(void* memory, std::size_t bytes);            // NOLINT
void* __libc_memalign(std::size_t alignment, std::size_t bytes);  // NOLINT
}

namespace {

enum Request : std::uint8_t {
  Alloc,
  Mmap,
  Thread,
  Spawn,
  Open,
  Write,
  Fsync,
  Rename,
  Close,
  kRequests
};

struct Rule {
  const char* variable;
  const char* name;
  std::uint64_t first = 0;  // the request that fails; 0 = none
  bool after = false;       // and all after it
  std::atomic<std::uint64_t> asked{0};
};

// Plain memory: this is used before any constructor has run and after every destructor has.
Rule rules[kRequests] = {{"LIANTU_FAIL_ALLOC", "alloc"},   {"LIANTU_FAIL_MMAP", "mmap"},
                         {"LIANTU_FAIL_THREAD", "thread"}, {"LIANTU_FAIL_SPAWN", "spawn"},
                         {"LIANTU_FAIL_OPEN", "open"},     {"LIANTU_FAIL_WRITE", "write"},
                         {"LIANTU_FAIL_FSYNC", "fsync"},   {"LIANTU_FAIL_RENAME", "rename"},
                         {"LIANTU_FAIL_CLOSE", "close"}};
std::atomic<bool> counting{false};
const char* report_file = nullptr;

bool fails(Request request) {
  if (!counting.load(std::memory_order_relaxed)) return false;
  Rule& rule = rules[request];
  const std::uint64_t number = rule.asked.fetch_add(1, std::memory_order_relaxed) + 1;
  return rule.first != 0 && (number == rule.first || (rule.after && number > rule.first));
}

template <typename Function>
Function next(const char* name) {
  // From an object to a function, as POSIX asks of dlsym().
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));  // NOLINT
}

void append(char*& out, const char* words) {
  const std::size_t length = std::strlen(words);
  std::memcpy(out, words, length);
  out += length;
}

void append(char*& out, std::uint64_t number) {
  char digits[24];
  char* first = digits + sizeof digits;
  *--first = '\0';
  do {
    *--first = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  append(out, first);
}

// By system calls alone, so that nothing of it is counted or needs memory.
void report() {
  if (report_file == nullptr || !counting.exchange(false)) return;
  char line[512];
  char* out = line;
  for (const Rule& rule : rules) {
    if (out != line) append(out, " ");
    append(out, rule.name);
    append(out, " ");
    append(out, rule.asked.load());
  }
  append(out, "\n");
  const long fd =
      ::syscall(SYS_openat, AT_FDCWD, report_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0) return;
  static_cast<void>(::syscall(SYS_write, fd, line, static_cast<std::size_t>(out - line)));
  static_cast<void>(::syscall(SYS_close, fd));
}

// What LIANTU_PROCESSORS says; 0 when it says nothing.
int told_processors() {
  const char* const words = std::getenv("LIANTU_PROCESSORS");
  return words == nullptr ? 0 : std::clamp(std::atoi(words), 0, 64);  // NOLINT
}

using Main = int (*)(int, char**, char**);
Main real_main = nullptr;

int counted_main(int argc, char** argv, char** environment) {
  const char* program = std::getenv("LIANTU_FAIL_PROGRAM");
  if (program == nullptr) program = "liantu";
  if (std::strcmp(program_invocation_short_name, program) == 0) {
    for (Rule& rule : rules) {
      const char* const words = std::getenv(rule.variable);
      if (words == nullptr) continue;
      char* end = nullptr;
      rule.first = std::strtoull(words, &end, 10);
      rule.after = *end == '+';
    }
    report_file = std::getenv("LIANTU_FAIL_REPORT");
    counting = true;
  }
  return real_main(argc, argv, environment);
}

// Runs when the program's own destructors are done, as this library is the last to go.
struct AtTheEnd {
  ~AtTheEnd() { report(); }
} at_the_end;

}  // namespace

extern "C" {

int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),  // NOLINT
                      void (*rtld_fini)(), void* stack_end) {
  using Start = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);
  real_main = main;
  return next<Start>("__libc_start_main")(counted_main, argc, argv, init, fini, rtld_fini,
                                          stack_end);
}

void* malloc(std::size_t bytes) {
  if (!fails(Alloc)) return __libc_malloc(bytes);
  errno = ENOMEM;
  return nullptr;
}

void* calloc(std::size_t count, std::size_t bytes) {
  if (!fails(Alloc)) return __libc_calloc(count, bytes);
  errno = ENOMEM;
  return nullptr;
}

void* realloc(void* memory, std::size_t bytes) {
  // Without bytes it frees, which cannot fail.
  if (bytes == 0 || !fails(Alloc)) return __libc_realloc(memory, bytes);
  errno = ENOMEM;
  return nullptr;
}

void* memalign(std::size_t alignment, std::size_t bytes) {
  if (!fails(Alloc)) return __libc_memalign(alignment, bytes);
  errno = ENOMEM;
  return nullptr;
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) {
  if (fails(Alloc)) return ENOMEM;
  void* const found = __libc_memalign(alignment, bytes);
  if (found == nullptr) return ENOMEM;
  *memory = found;
  return 0;
}

void* mmap(void* at, std::size_t bytes, int protection, int flags, int fd, off_t offset) {
  if (fails(Mmap)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return reinterpret_cast<void*>(  // NOLINT
      ::syscall(SYS_mmap, at, bytes, protection, flags, fd, offset));
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* argument) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  if (fails(Thread)) return EAGAIN;
  static const auto create = next<Create>("pthread_create");
  return create(thread, attributes, start, argument);
}

int posix_spawn(pid_t* id, const char* path, const posix_spawn_file_actions_t* files,
                const posix_spawnattr_t* attributes, char* const arguments[],
                char* const environment[]) {
  if (fails(Spawn)) return EAGAIN;
  static const auto spawn = next<decltype(&::posix_spawn)>("posix_spawn");
  return spawn(id, path, files, attributes, arguments, environment);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  if (fails(Open)) {
    errno = EMFILE;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
}

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return openat(AT_FDCWD, path, flags, mode);
}

ssize_t write(int fd, const void* bytes, std::size_t count) {
  if (!fails(Write)) return ::syscall(SYS_write, fd, bytes, count);
  errno = ENOSPC;
  return -1;
}

ssize_t pwrite(int fd, const void* bytes, std::size_t count, off_t offset) {
  if (!fails(Write)) return ::syscall(SYS_pwrite64, fd, bytes, count, offset);
  errno = ENOSPC;
  return -1;
}

ssize_t writev(int fd, const struct iovec* parts, int count) {
  if (!fails(Write)) return ::syscall(SYS_writev, fd, parts, count);
  errno = ENOSPC;
  return -1;
}

int fsync(int fd) {
  if (!fails(Fsync)) return static_cast<int>(::syscall(SYS_fsync, fd));
  errno = EIO;
  return -1;
}

int fdatasync(int fd) {
  if (!fails(Fsync)) return static_cast<int>(::syscall(SYS_fdatasync, fd));
  errno = EIO;
  return -1;
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned int flags) noexcept {
  if (!fails(Rename)) {
    return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
  }
  errno = EIO;
  return -1;
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return renameat2(from_folder, from, to_folder, to, 0);
}

int rename(const char* from, const char* to) noexcept {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int link(const char* from, const char* to) noexcept {
  if (!fails(Rename)) {
    return static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
  }
  errno = EIO;
  return -1;
}

// What oneTBB asks for the number of its threads.
int sched_getaffinity(pid_t process, std::size_t bytes, cpu_set_t* set) noexcept {
  const int count = told_processors();
  if (count == 0) {
    const long filled = ::syscall(SYS_sched_getaffinity, process, bytes, set);
    if (filled < 0) return -1;
    std::memset(reinterpret_cast<char*>(set) + filled, 0, bytes - filled);  // NOLINT
    return 0;
  }
  CPU_ZERO_S(bytes, set);
  for (int i = 0; i < count; ++i) CPU_SET_S(i, bytes, set);
  return 0;
}

long sysconf(int name) noexcept {
  using Ask = long (*)(int);
  static const auto ask = next<Ask>("sysconf");
  const bool processors = name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF;
  const int count = processors ? told_processors() : 0;
  return count > 0 ? count : ask(name);
}

int close(int fd) {
  const int result = static_cast<int>(::syscall(SYS_close, fd));
  if (!fails(Close)) return result;
  errno = EIO;
  return -1;
}

}  // extern "C"
