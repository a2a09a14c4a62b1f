#include "liantu/report/formats/svg.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "report/formats/xml_text.hpp"
#include "report/words/words.hpp"

namespace liantu {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::uint64_t kLeastMemory = std::uint64_t{64} << 20;
constexpr std::size_t kMostWords = 4096;  // of what the program says about its failure
constexpr milliseconds kGlance{50};       // how often the stop token is looked at

std::string system_words(int number) { return std::generic_category().message(number); }

[[noreturn]] void throw_io(std::string_view what_en, std::string_view what_zh, int number) {
  const std::string why = system_words(number);
  if (number == EMFILE || number == ENFILE) {
    throw Error(
        ErrorCode::LimitReached,
        {fmt::format("cannot {}: {}; close some files or raise their limit (ulimit -n)", what_en,
                     why),
         fmt::format("无法{}：打开的文件过多；请关闭部分文件，或调高打开文件数限额（ulimit -n）",
                     what_zh)});
  }
  // What the system says is English whatever is asked.
  throw Error(ErrorCode::Io, {fmt::format("cannot {}: {}", what_en, why),
                              fmt::format("无法{}：系统错误 {}", what_zh, number)});
}

class File {
 public:
  File() = default;
  explicit File(int number) : number_(number) {}
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  ~File() { close(); }

  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

struct Pipe {
  File read;
  File write;
};

// Above the three standard files, so that the program's own can be put in place without one
// overwriting another, even where this process has closed its standard input.
File above_standard(File file) {
  if (file.number() > STDERR_FILENO) return file;
  const int number = ::fcntl(file.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (number < 0) throw_io("open a pipe", "建立管道", errno);
  return File(number);
}

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_io("open a pipe", "建立管道", errno);
  File read(ends[0]);
  File write(ends[1]);
  Pipe pipe;
  pipe.read = above_standard(std::move(read));
  pipe.write = above_standard(std::move(write));
  return pipe;
}

void never_wait(const File& file) {
  const int flags = ::fcntl(file.number(), F_GETFL);
  if (flags < 0 || ::fcntl(file.number(), F_SETFL, flags | O_NONBLOCK) != 0) {
    throw_io("set up a pipe", "设置管道", errno);
  }
}

// While it lives, writing to a program that has gone away is an error code, not a signal; a signal
// that was raised meanwhile is taken back, one that was pending before stays.
class QuietPipes {
 public:
  QuietPipes() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  QuietPipes(const QuietPipes&) = delete;
  QuietPipes& operator=(const QuietPipes&) = delete;
  ~QuietPipes() {
    if (!was_pending_) {
      const timespec at_once{};
      while (sigtimedwait(&pipe_, nullptr, &at_once) < 0 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

// A program that runs; it never outlives this object.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (ended_) return;
    ::kill(id_, SIGKILL);
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
  }

  // Whether it has ended; does not wait.
  [[nodiscard]] bool ended() {
    if (ended_) return true;
    const pid_t result = ::wait4(id_, &status_, WNOHANG, &used_);
    // A host that ignores SIGCHLD leaves no status behind; the document itself tells then.
    if (result < 0 && errno == ECHILD) status_ = 0;
    ended_ = result == id_ || (result < 0 && errno == ECHILD);
    return ended_;
  }
  [[nodiscard]] int status() const { return status_; }
  /// Most memory that it had at a time.
  [[nodiscard]] std::uint64_t memory_bytes() const {
    return static_cast<std::uint64_t>(used_.ru_maxrss) << 10;
  }

 private:
  pid_t id_;
  int status_ = 0;
  struct ::rusage used_ {};
  bool ended_ = false;
};

struct SpawnSettings {
  SpawnSettings() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

// The environment with a fixed locale: Graphviz writes numbers and picks fonts by it.
std::vector<std::string> child_environment() {
  std::vector<std::string> result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("LC_ALL=")) result.emplace_back(*entry);
  }
  result.emplace_back("LC_ALL=C.UTF-8");
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void throw_not_installed(const std::string& program) {
  throw Error(ErrorCode::NotFound,
              {fmt::format("Graphviz's `{}` is not installed; apt-get install graphviz", program),
               fmt::format("未安装Graphviz的`{}`；请执行 apt-get install graphviz", program)});
}

// Where the program is. Folders of PATH that depend on where this process stands are passed over:
// a file that happens to be called `dot` is not run.
std::string program_file(const std::string& program) {
  std::error_code ignored;
  if (program.find('/') != std::string::npos) {
    return std::filesystem::absolute(program, ignored).string();
  }
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (!folder.starts_with('/')) continue;
    std::string file = fmt::format("{}/{}", folder, program);
    if (std::filesystem::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0) {
      return file;
    }
  }
  throw_not_installed(program);
}

void lower(pid_t id, __rlimit_resource resource, std::uint64_t most) {
  struct ::rlimit limit {};
  if (::prlimit(id, resource, nullptr, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_cur, most);
  limit.rlim_max = std::min<rlim_t>(limit.rlim_max, most);
  static_cast<void>(::prlimit(id, resource, &limit, nullptr));
}

// The program waits for its graph by now, so that nothing big happened before. Its own limit of
// time ends it, too, where this process is killed.
void restrain(pid_t id, const DrawOptions& options) {
  lower(id, RLIMIT_AS, options.memory_bytes);
  lower(id, RLIMIT_CPU, static_cast<std::uint64_t>(options.limit.count()) + 1);
  lower(id, RLIMIT_CORE, 0);
}

pid_t start(const std::string& program, const Pipe& in, const Pipe& out, const Pipe& err) {
  SpawnSettings settings;
  posix_spawn_file_actions_adddup2(&settings.files, in.read.number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&settings.files, out.write.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&settings.files, err.write.number(), STDERR_FILENO);
  // The program starts with the signals every program expects, whatever this thread has set.
  sigset_t none;
  sigset_t pipe;
  sigemptyset(&none);
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  posix_spawnattr_setsigmask(&settings.attributes, &none);
  posix_spawnattr_setsigdefault(&settings.attributes, &pipe);
  posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  std::vector<std::string> arguments = {program, "-Tsvg"};
  std::vector<std::string> environment = child_environment();
  pid_t id = 0;
  const int failed = ::posix_spawn(&id, program.c_str(), &settings.files, &settings.attributes,
                                   pointers(arguments).data(), pointers(environment).data());
  if (failed == ENOENT || failed == ENOTDIR) throw_not_installed(program);
  if (failed == EAGAIN || failed == ENOMEM) {
    throw Error(ErrorCode::LimitReached,
                {fmt::format("`{}` cannot be started: no further process; close some programs or "
                             "raise the limit of processes (ulimit -u)",
                             program),
                 fmt::format("无法启动`{}`：不能再创建进程；请关闭部分程序，或调高进程数限额"
                             "（ulimit -u）",
                             program)});
  }
  if (failed != 0) {
    throw_io(fmt::format("run `{}`", program), fmt::format("运行`{}`", program), failed);
  }
  return id;
}

// Takes one block of what a pipe holds; closes it at its end. What goes beyond `most` is dropped.
void drain(File& file, std::string& into, std::size_t most) {
  std::array<char, 65536> block;
  const ssize_t got = ::read(file.number(), block.data(), block.size());
  if (got > 0) {
    const std::size_t room = most - std::min(most, into.size());
    into.append(block.data(), std::min(room, static_cast<std::size_t>(got)));
  } else if (got == 0) {
    file.close();
  } else if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
    throw_io("read the drawing", "读取绘图结果", errno);
  }
}

// Gives a pipe what it has room for; closes it when all is written or nobody reads any more.
void feed(File& file, std::string_view& rest) {
  if (!rest.empty()) {
    const ssize_t put = ::write(file.number(), rest.data(), rest.size());
    if (put >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno == EPIPE) {
      rest = {};  // why the program went away is told by its status and its words
    } else if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
      throw_io("hand over the graph", "传送图形描述", errno);
    }
  }
  if (rest.empty()) file.close();
}

// What to do about a limit, which the program's options call by the same name.
Text remedy(std::string_view limit) {
  return {fmt::format("draw fewer segments or raise the limit: --limit {}=VALUE", limit),
          fmt::format("请减少环节数，或调高限额：--limit {}=数值", limit)};
}

class Watch {
 public:
  Watch(const DrawOptions& options, std::string program, Clock::time_point started)
      : options_(options), program_(std::move(program)), started_(started) {}

  // Time until somebody has to look again; throws when the time is over.
  [[nodiscard]] milliseconds look() const {
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled, {"drawing was cancelled", "绘图已取消"});
    }
    const auto spent = Clock::now() - started_;
    if (spent >= options_.limit) throw_too_long();
    const auto left = std::chrono::ceil<milliseconds>(options_.limit - spent);
    return std::min(left, kGlance);
  }
  [[noreturn]] void throw_too_long() const {
    const Text what = remedy("dot_seconds");
    throw Error(
        ErrorCode::LimitReached,
        {fmt::format("`{}` took longer than {} s; {}", program_, options_.limit.count(), what.en),
         fmt::format("`{}`绘图超过{}秒；{}", program_, options_.limit.count(), what.zh)});
  }
  [[noreturn]] void throw_too_much_memory() const {
    const Text what = remedy("dot_memory");
    throw Error(ErrorCode::LimitReached,
                {fmt::format("`{}` needs more than {} MiB of memory; {}", program_,
                             options_.memory_bytes >> 20, what.en),
                 fmt::format("`{}`所需内存超过{} MiB；{}", program_, options_.memory_bytes >> 20,
                             what.zh)});
  }
  [[noreturn]] void throw_too_large() const {
    const Text what = remedy("dot_bytes");
    throw Error(
        ErrorCode::LimitReached,
        {fmt::format("`{}` draws more than {} bytes; {}", program_, options_.output_bytes, what.en),
         fmt::format("`{}`输出超过{}字节；{}", program_, options_.output_bytes, what.zh)});
  }
  [[nodiscard]] const DrawOptions& options() const { return options_; }
  [[nodiscard]] const std::string& program() const { return program_; }

 private:
  const DrawOptions& options_;
  std::string program_;
  Clock::time_point started_;
};

struct ProgramOutput {
  std::string out;
  std::string err;
};

ProgramOutput exchange(File in, File out, File err, std::string_view text, const Watch& watch) {
  never_wait(in);
  never_wait(out);
  never_wait(err);
  ProgramOutput output;
  const QuietPipes quiet;
  const std::uint64_t most = watch.options().output_bytes;
  while (in.open() || out.open() || err.open()) {
    const auto wait = watch.look();
    // poll() passes over negative numbers, which is what closed files have.
    std::array<pollfd, 3> files = {pollfd{in.number(), POLLOUT, 0}, pollfd{out.number(), POLLIN, 0},
                                   pollfd{err.number(), POLLIN, 0}};
    if (::poll(files.data(), files.size(), static_cast<int>(wait.count())) < 0) {
      if (errno == EINTR) continue;
      throw_io("wait for the drawing", "等待绘图结果", errno);
    }
    if (files[0].revents != 0) feed(in, text);
    if (files[1].revents != 0) drain(out, output.out, most + 1);
    if (files[2].revents != 0) drain(err, output.err, kMostWords);
    if (output.out.size() > most) watch.throw_too_large();
    // Once the program is gone nobody reads what is left; its own end closes the other two.
    if (!out.open() && !err.open()) in.close();
  }
  return output;
}

void wait_for_end(Child& child, const Watch& watch) {
  milliseconds pause{1};
  while (!child.ended()) {
    std::this_thread::sleep_for(std::min(pause, watch.look()));
    pause = std::min(pause * 2, kGlance);
  }
}

// Whether a program that failed did so for want of memory: it says so, or it had much of what it
// may have and fell over what it did not get.
bool lacked_memory(const Child& child, const ProgramOutput& output, std::uint64_t most) {
  for (const std::string_view words :
       {"out of memory", "llocat", "bad_alloc", "ot enough memory"}) {
    if (output.err.find(words) != std::string::npos) return true;
  }
  return WIFSIGNALED(child.status()) && WTERMSIG(child.status()) != SIGKILL &&
         child.memory_bytes() > most / 4;
}

void check(const Child& child, const ProgramOutput& output, const Watch& watch) {
  const int status = child.status();
  const std::string& program = watch.program();
  const bool whole = output.out.find("</svg>") != std::string::npos;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && whole) return;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) watch.throw_too_long();
  if (lacked_memory(child, output, watch.options().memory_bytes)) watch.throw_too_much_memory();
  Text how;
  if (WIFSIGNALED(status)) {
    how = {fmt::format("was ended by signal {}", WTERMSIG(status)),
           fmt::format("被信号{}终止", WTERMSIG(status))};
  } else if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
    how = {fmt::format("failed with status {}", WEXITSTATUS(status)),
           fmt::format("失败，状态码{}", WEXITSTATUS(status))};
  } else {
    how = {"wrote no SVG document", "没有输出SVG文档"};
  }
  const std::string heard = valid_utf8(output.err);
  const std::string_view words = trim(heard);
  throw Error(ErrorCode::Io,
              {fmt::format("`{}` {}{}{}; write the map as DOT instead, or install Graphviz again",
                           program, how.en, words.empty() ? "" : ": ", words),
               fmt::format("`{}`{}{}{}；可改为写出 DOT，或重新安装 Graphviz", program, how.zh,
                           words.empty() ? "" : "：", words)});
}

// Browsers without the font of the map go on to the next one that can show Chinese.
void add_fallback_fonts(std::string& svg) {
  constexpr std::string_view kFont = "font-family=\"Noto Sans CJK SC\"";
  constexpr std::string_view kFonts =
      "font-family=\"Noto Sans CJK SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, "
      "sans-serif\"";
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = svg.find(kFont); at != std::string::npos; at = svg.find(kFont, done)) {
    result.append(svg, done, at - done);
    result += kFonts;
    done = at + kFont.size();
  }
  result.append(svg, done);
  svg = std::move(result);
}

void describe(std::string& svg, std::string_view description) {
  const std::size_t root = svg.find("<svg");
  const std::size_t end = root == std::string::npos ? root : svg.find('>', root);
  if (description.empty() || end == std::string::npos) return;
  svg.insert(end + 1, fmt::format("\n<desc>{}</desc>", xml_escaped(description)));
}

}  // namespace

std::string draw_svg(std::string_view dot, const DrawOptions& options) {
  if (options.limit < std::chrono::seconds(1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("time limit {} s is below 1 s; give at least one second",
                             options.limit.count()),
                 fmt::format("绘图时限{}秒过短；至少应为1秒", options.limit.count())});
  }
  if (options.memory_bytes < kLeastMemory) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("memory limit {} is below {}; Graphviz needs as much to start",
                             options.memory_bytes, kLeastMemory),
                 fmt::format("内存限额{}字节过小；Graphviz 启动至少需要{}字节",
                             options.memory_bytes, kLeastMemory)});
  }
  const auto started = Clock::now();
  // A call that was cancelled before starts nothing.
  static_cast<void>(Watch(options, options.program, started).look());
  const Watch watch(options, program_file(options.program), started);

  Pipe in = open_pipe();
  Pipe out = open_pipe();
  Pipe err = open_pipe();
  const pid_t id = start(watch.program(), in, out, err);
  Child child(id);
  restrain(id, options);
  in.read.close();
  out.write.close();
  err.write.close();

  ProgramOutput output =
      exchange(std::move(in.write), std::move(out.read), std::move(err.read), dot, watch);
  wait_for_end(child, watch);
  check(child, output, watch);
  add_fallback_fonts(output.out);
  describe(output.out, options.description);
  return std::move(output.out);
}

}  // namespace liantu
