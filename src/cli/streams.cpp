#include "cli/streams.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "liantu/base/files/atomic_file.hpp"

namespace liantu::cli {

void hold_standard_files() {
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(standard, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest number that is free is taken, which is this one. A path alone is open: to read or
    // to write it fails as on a closed file.
    static_cast<void>(::open("/", O_PATH | O_CLOEXEC));
  }
}

void say(std::string_view words) noexcept {
  constexpr int kLongestWait = 1000;  // milliseconds for a reader that does not read
  while (!words.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, words.data(), words.size());
    if (written > 0) {
      words.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (written < 0 && errno == EINTR) continue;
    ::pollfd room{STDERR_FILENO, POLLOUT, 0};
    if (written < 0 && errno == EAGAIN && ::poll(&room, 1, kLongestWait) > 0) continue;
    return;
  }
}

void put(std::string_view data) { write_to(STDOUT_FILENO, {"standard output", "标准输出"}, data); }

}  // namespace liantu::cli
