#include "liantu/base/files/atomic_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"

namespace liantu {
namespace {

enum class FileAction : std::uint8_t { Read, Write };

/// Why the system refused, and what to do about it.
struct Reason {
  Text why;
  Text remedy;
};

Reason reason_of(int code, FileAction action) {
  switch (code) {
    case ENOENT:
      if (action == FileAction::Read) {
        return {{"it does not exist", "文件不存在"}, {"check the name", "请核对文件名"}};
      }
      return {{"its folder does not exist", "所在文件夹不存在"},
              {"create the folder or choose another", "请先建好文件夹，或换一个文件夹"}};
    case ENOTDIR:
      return {{"a part of the path is not a folder", "路径中有一段不是文件夹"},
              {"check the path", "请核对路径"}};
    case EISDIR:
      return {{"it is a folder", "这是一个文件夹"}, {"name a file", "请写文件名"}};
    case EACCES:
    case EPERM:
      return {{"permission is missing", "没有权限"},
              {"choose another folder or ask for access", "请换一个文件夹，或申请权限"}};
    case EROFS:
      return {{"the disk is read-only", "磁盘只读"}, {"choose another disk", "请换一个磁盘"}};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return {{"the disk is full or a size limit was reached", "磁盘已满或超出大小限制"},
              {"free some space or choose another disk", "请清理空间或换一个磁盘"}};
    case EEXIST:
      return {{"it exists already", "文件已存在"},
              {"choose another name or allow overwriting", "请换一个文件名，或允许覆盖"}};
    case ENAMETOOLONG:
      return {{"the name is too long", "文件名过长"}, {"shorten it", "请缩短文件名"}};
    case ELOOP:
      return {{"links point at each other", "链接互相指向"}, {"mend the links", "请修正链接"}};
    case EMFILE:
    case ENFILE:
      return {{"too many files are open", "打开的文件过多"},
              {"close some programs and try again", "请关闭部分程序后再试"}};
    case EBADF:
      return {{"it is closed", "已关闭"},
              {"open it or write to a file instead", "请打开它，或改为写入文件"}};
    case EPIPE:
      return {{"its reader has ended", "读取方已结束"},
              {"let the reader go on to the end or write to a file instead",
               "请让读取方读到结尾，或改为写入文件"}};
    case EIO:
      return {{"the disk or the network reports a fault", "磁盘或网络报告故障"},
              {"check the disk and try again", "请检查磁盘后再试"}};
    case EINVAL:
      return {{"it is not a regular file", "不是普通文件"},
              {"name a regular file", "请指定普通文件"}};
    default:
      return {{fmt::format("the system answered with error {}", code),
               fmt::format("系统返回错误 {}", code)},
              {"check the disk and try again", "请检查磁盘后再试"}};
  }
}

[[noreturn]] void fail(FileAction action, const Text& name, int code) {
  const Reason reason = reason_of(code, action);
  const bool read = action == FileAction::Read;
  throw Error(ErrorCode::Io,
              {fmt::format("{}: cannot be {}: {}; {}", name.en, read ? "read" : "written",
                           reason.why.en, reason.remedy.en),
               fmt::format("{}：无法{}：{}；{}", name.zh, read ? "读取" : "写入", reason.why.zh,
                           reason.remedy.zh)});
}

[[noreturn]] void fail(FileAction action, const std::filesystem::path& path, int code) {
  fail(action, Text{path_text(path), path_text(path)}, code);
}

[[noreturn]] void cancel(FileAction action, const std::filesystem::path& path) {
  const bool read = action == FileAction::Read;
  throw Error(ErrorCode::Cancelled,
              {fmt::format("{}: {} was interrupted", path_text(path), read ? "reading" : "writing"),
               fmt::format("{}：{}被中断", path_text(path), read ? "读取" : "写入")});
}

/// An open file, closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { (void)close_now(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }
  void reset(int fd) {
    (void)close_now();
    fd_ = fd;
  }
  /// Closing may be the first to tell of a full disk on network folders.
  int close_now() { return fd_ < 0 ? 0 : ::close(std::exchange(fd_, -1)); }

 private:
  int fd_;
};

constexpr std::string_view kTemporaryHead = ".liantu-";
constexpr std::string_view kTemporaryTail = ".tmp";

/// The file that is written before it gets its name; removed at the end of its life unless it got
/// one. It stays locked until then, which tells it from what a killed process left behind.
class Temporary {
 public:
  Temporary() = default;
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (made_) ::unlink(path_.c_str());
  }

  /// Makes it; 0 or the error.
  int make(const std::filesystem::path& folder) {
    constexpr int kAttempts = 10000;
    for (int i = 0; i < kAttempts; ++i) {
      path_ = folder / fmt::format("{}{}-{}{}", kTemporaryHead, ::getpid(), i, kTemporaryTail);
      file_.reset(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (!file_.open() && errno == EEXIST) continue;
      if (!file_.open()) return errno;
      made_ = true;
      // A lock ends when all that was opened together is closed, and closing comes before naming.
      lock_.reset(::fcntl(file_.get(), F_DUPFD_CLOEXEC, 0));
      if (!lock_.open()) return errno;
      // Between opening and locking another process may take it for left behind; then it goes.
      struct ::stat status {};
      const bool taken = ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
      if (!taken && ::fstat(lock_.get(), &status) == 0 && status.st_nlink > 0) return 0;
      made_ = false;
    }
    return EEXIST;
  }
  [[nodiscard]] int get() const { return file_.get(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  int close_now() { return file_.close_now(); }
  void got_its_name() { made_ = false; }

 private:
  std::filesystem::path path_;
  Descriptor file_;
  Descriptor lock_;
  bool made_ = false;
};

/// Removes from a folder the temporary files of processes that were killed. Whatever prevents it is
/// no reason not to write.
void remove_left_behind(const std::filesystem::path& folder) {
  DIR* const list = ::opendir(folder.c_str());
  if (list == nullptr) return;
  while (const ::dirent* const entry = ::readdir(list)) {
    const std::string_view name = entry->d_name;
    if (!name.starts_with(kTemporaryHead) || !name.ends_with(kTemporaryTail)) continue;
    const Descriptor file(
        ::openat(::dirfd(list), entry->d_name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct ::stat opened {};
    struct ::stat named {};
    // Whoever writes it holds the lock; once locked here, nobody else gives or takes its name.
    if (file.open() && ::fstat(file.get(), &opened) == 0 && S_ISREG(opened.st_mode) &&
        ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 &&
        ::fstatat(::dirfd(list), entry->d_name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
        named.st_ino == opened.st_ino && named.st_dev == opened.st_dev) {
      ::unlinkat(::dirfd(list), entry->d_name, 0);
    }
  }
  ::closedir(list);
}

/// Writes everything; 0 or the error.
int write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written > 0) {
      content.remove_prefix(static_cast<std::size_t>(written));
    } else if (written == 0) {
      return ENOSPC;
    } else if (errno == EAGAIN) {
      ::pollfd room{fd, POLLOUT, 0};
      (void)::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

/// Gives the temporary file its final name; 0 or the error. Without `overwrite` a file that came
/// into being meanwhile is kept.
int give_name(const std::filesystem::path& from, const std::filesystem::path& to,
              Overwrite overwrite) {
  if (overwrite == Overwrite::Yes) return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // File systems without that flag: a hard link refuses an existing name too.
  if (::link(from.c_str(), to.c_str()) != 0) return errno;
  ::unlink(from.c_str());
  return 0;
}

}  // namespace

std::filesystem::path file_behind(const std::filesystem::path& path) {
  constexpr int kMostLinks = 40;  // as many as Linux follows
  std::filesystem::path at = path;
  for (int i = 0; i < kMostLinks; ++i) {
    std::error_code error;
    const std::filesystem::path next = std::filesystem::read_symlink(at, error);
    if (error) return at;
    at = at.parent_path() / next;
  }
  fail(FileAction::Write, path, ELOOP);
}

void write_to(int descriptor, const Text& name, std::string_view content) {
  if (const int error = write_all(descriptor, content); error != 0) {
    fail(FileAction::Write, name, error);
  }
}

void write_file(const std::filesystem::path& path, std::string_view content, Overwrite overwrite) {
  write_file(path, std::span(&content, 1), overwrite);
}

void write_file(const std::filesystem::path& path, std::span<const std::string_view> content,
                Overwrite overwrite, const std::stop_token& stop) {
  if (path.filename().empty()) fail(FileAction::Write, path, path.empty() ? ENOENT : EISDIR);
  struct ::stat old {};
  const bool exists = ::lstat(path.c_str(), &old) == 0;
  if (exists && overwrite == Overwrite::No) fail(FileAction::Write, path, EEXIST);
  // What a link points at is written and the link stays, though it points at nothing yet.
  const std::filesystem::path target = exists ? file_behind(path) : path;
  const bool replaces = exists && ::stat(path.c_str(), &old) == 0;
  // Renaming over a device or a pipe would destroy it.
  if (replaces && S_ISDIR(old.st_mode)) fail(FileAction::Write, path, EISDIR);
  if (replaces && !S_ISREG(old.st_mode)) fail(FileAction::Write, path, EINVAL);

  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
  remove_left_behind(folder);
  Temporary temporary;
  if (const int error = temporary.make(folder); error != 0) fail(FileAction::Write, path, error);
  const int fd = temporary.get();
  if (replaces) (void)!::fchmod(fd, old.st_mode & 07777);
  constexpr std::size_t kPiece = std::size_t{8} << 20;  // bytes between two looks at the stop token
  constexpr std::size_t kFlush =
      8 * kPiece;  // so that the last flush, which nothing stops, is short
  std::size_t unflushed = 0;
  for (const std::string_view part : content) {
    for (std::size_t at = 0; at < part.size(); at += kPiece) {
      if (stop.stop_requested()) cancel(FileAction::Write, path);
      const std::string_view piece = part.substr(at, kPiece);
      if (const int error = write_all(fd, piece); error != 0) fail(FileAction::Write, path, error);
      unflushed += piece.size();
      if (unflushed < kFlush) continue;
      if (::fdatasync(fd) != 0) fail(FileAction::Write, path, errno);
      unflushed = 0;
    }
  }
  if (::fsync(fd) != 0) fail(FileAction::Write, path, errno);
  if (temporary.close_now() != 0) fail(FileAction::Write, path, errno);
  if (stop.stop_requested()) cancel(FileAction::Write, path);
  if (const int error = give_name(temporary.path(), target, overwrite); error != 0) {
    fail(FileAction::Write, path, error);
  }
  temporary.got_its_name();

  // The content is whole and named by now; a folder that cannot be flushed (some network folders)
  // only delays the moment from which the name survives a power cut.
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.open()) (void)!::fsync(directory.get());
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) fail(FileAction::Write, path, error.value());
}

std::string read_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                      const std::stop_token& stop, std::string_view limit) {
  // Waiting for a pipe is left to poll(), which ends from time to time; opening and read() do not.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.open()) fail(FileAction::Read, path, errno);
  struct ::stat status {};
  if (::fstat(file.get(), &status) != 0) fail(FileAction::Read, path, errno);
  if (S_ISDIR(status.st_mode)) fail(FileAction::Read, path, EISDIR);
  const auto too_large = [&] {
    const std::string option = limit.empty() ? "" : fmt::format(": --limit {}=", limit);
    return Error(
        ErrorCode::LimitReached,
        {fmt::format("{}: larger than the limit of {} bytes; split the file or raise the limit{}{}",
                     path_text(path), max_bytes, option, option.empty() ? "" : "VALUE"),
         fmt::format("{}：超过 {} 字节的上限；请拆分文件或提高上限{}{}", path_text(path), max_bytes,
                     option, option.empty() ? "" : "数值")});
  };
  const auto stated = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  if (stated > max_bytes) throw too_large();

  // A pipe states no size and a file may grow while it is read: the end alone decides.
  std::string content;
  std::size_t length = 0;
  content.resize(static_cast<std::size_t>(stated) + 1);
  for (;;) {
    if (stop.stop_requested()) cancel(FileAction::Read, path);
    constexpr int kLongestWait = 100;  // milliseconds between two looks at the stop token
    ::pollfd ready{file.get(), POLLIN, 0};
    if (::poll(&ready, 1, kLongestWait) == 0) continue;
    if (length == content.size()) content.resize(content.size() * 2 + 4096);
    const ssize_t got = ::read(file.get(), content.data() + length, content.size() - length);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) fail(FileAction::Read, path, errno);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
    if (length > max_bytes) throw too_large();
  }
  content.resize(length);
  return content;
}

std::string read_start(const std::filesystem::path& path, std::size_t bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.open()) fail(FileAction::Read, path, errno);
  struct ::stat status {};
  if (::fstat(file.get(), &status) != 0) fail(FileAction::Read, path, errno);
  if (!S_ISREG(status.st_mode)) return {};
  std::string content(bytes, '\0');
  std::size_t length = 0;
  while (length < bytes) {
    const ssize_t got = ::read(file.get(), content.data() + length, bytes - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(FileAction::Read, path, errno);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  content.resize(length);
  return content;
}

}  // namespace liantu
