#include "liantu/report/formats/svg.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <signal.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

// A program made of a few lines of shell, in a folder of its own.
class Script {
 public:
  explicit Script(const std::string& lines) {
    std::string folder = (fs::temp_directory_path() / "liantu-svg-XXXXXX").string();
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    std::ofstream(path()) << "#!/bin/sh\n" << lines << '\n';
    fs::permissions(path(), fs::perms::owner_all);
  }
  ~Script() { fs::remove_all(folder_); }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  [[nodiscard]] std::string path() const { return (folder_ / "draw").string(); }

 private:
  fs::path folder_;
};

const std::string kInstead = "write the map as DOT instead, or install Graphviz again";

struct Failure {
  ErrorCode code;
  Text message;
};

Failure failure(std::string_view dot, const DrawOptions& options) {
  try {
    static_cast<void>(draw_svg(dot, options));
  } catch (const Error& error) {
    return {error.code(), error.message()};
  }
  ADD_FAILURE() << "no error";
  return {ErrorCode::Io, {}};
}

std::size_t open_files() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

bool has_children() {
  int status = 0;
  return !(::waitpid(-1, &status, WNOHANG) < 0 && errno == ECHILD);
}

TEST(DrawSvg, DrawsAGraphWithFontsForEveryBrowser) {
  const std::string svg =
      draw_svg("digraph { node [fontname=\"Noto Sans CJK SC\"]; a [label=\"隔膜\"]; a -> b; }");
  EXPECT_TRUE(svg.starts_with("<?xml")) << svg.substr(0, 100);
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
  EXPECT_NE(svg.find(">隔膜</text>"), std::string::npos);
  EXPECT_NE(svg.find("font-family=\"Noto Sans CJK SC, Microsoft YaHei, PingFang SC, "
                     "WenQuanYi Micro Hei, sans-serif\""),
            std::string::npos);
  EXPECT_EQ(svg.find("font-family=\"Noto Sans CJK SC\""), std::string::npos);
}

TEST(DrawSvg, LargeInputAndOutputDoNotBlockEachOther) {
  // More than the pipes hold, in both directions at once and on standard error.
  const Script script("cat; yes warning | head -c 300000 >&2; echo '</svg>'");
  const std::string dot(3000000, 'x');
  EXPECT_EQ(draw_svg(dot, {.program = script.path()}), dot + "</svg>\n");
}

TEST(DrawSvg, ProgramThatReadsNothingMayStillDraw) {
  const Script script("exec 0<&-; echo '<svg></svg>'");
  const std::string dot(3000000, 'x');
  EXPECT_EQ(draw_svg(dot, {.program = script.path()}), "<svg></svg>\n");
}

TEST(DrawSvg, DescriptionStandsFirstInTheDrawing) {
  const Script script("cat >/dev/null; echo '<svg width=\"1\"><g/></svg>'");
  EXPECT_EQ(draw_svg("digraph {}", {.program = script.path(), .description = "a<b & c>d"}),
            "<svg width=\"1\">\n<desc>a&lt;b &amp; c&gt;d</desc><g/></svg>\n");
}

TEST(DrawSvg, MissingProgramSaysWhatToInstall) {
  const Failure it = failure("digraph {}", {.program = "liantu-no-such-program"});
  EXPECT_EQ(it.code, ErrorCode::NotFound);
  EXPECT_EQ(it.message.en,
            "Graphviz's `liantu-no-such-program` is not installed; apt-get install graphviz");
  EXPECT_EQ(it.message.zh,
            "未安装Graphviz的`liantu-no-such-program`；请执行 apt-get install graphviz");
}

TEST(DrawSvg, FileThatIsNoProgramIsAnIoError) {
  const Script script("");
  fs::permissions(script.path(), fs::perms::owner_read);
  EXPECT_EQ(failure("digraph {}", {.program = fs::path(script.path()).parent_path()}).code,
            ErrorCode::Io);
}

TEST(DrawSvg, FailureCarriesTheProgramsOwnWords) {
  const Script script("cat >/dev/null; echo 'syntax error in line 3' >&2; exit 7");
  const Failure it = failure("digraph {", {.program = script.path()});
  EXPECT_EQ(it.code, ErrorCode::Io);
  EXPECT_EQ(it.message.en,
            "`" + script.path() + "` failed with status 7: syntax error in line 3; " + kInstead);
  EXPECT_EQ(it.message.zh,
            "`" + script.path() +
                "`失败，状态码7：syntax error in line 3；可改为写出 DOT，或重新安装 Graphviz");
  EXPECT_EQ(failure("digraph {", {}).code, ErrorCode::Io);
}

TEST(DrawSvg, ProgramThatGoesAwayWhileItIsWrittenToIsAnErrorNotASignal) {
  const Script script("exit 3");
  const Failure it = failure(std::string(3000000, 'x'), {.program = script.path()});
  EXPECT_EQ(it.code, ErrorCode::Io);
  EXPECT_EQ(it.message.en, "`" + script.path() + "` failed with status 3; " + kInstead);
}

TEST(DrawSvg, ProgramEndedByASignalIsAnError) {
  const Script script("kill -9 $$");
  EXPECT_EQ(failure("digraph {}", {.program = script.path()}).message.en,
            "`" + script.path() + "` was ended by signal 9; " + kInstead);
}

TEST(DrawSvg, OutputThatIsNoDrawingIsAnError) {
  const Script script("cat >/dev/null; echo hello");
  EXPECT_EQ(failure("digraph {}", {.program = script.path()}).message.en,
            "`" + script.path() + "` wrote no SVG document; " + kInstead);
}

TEST(DrawSvg, SlowProgramIsEndedAtTheLimit) {
  const Script script("exec sleep 600");
  const Failure it =
      failure("digraph {}", {.program = script.path(), .limit = std::chrono::seconds(1)});
  EXPECT_EQ(it.code, ErrorCode::LimitReached);
  EXPECT_EQ(it.message.en, "`" + script.path() +
                               "` took longer than 1 s; draw fewer segments or raise the limit: "
                               "--limit dot_seconds=VALUE");
}

TEST(DrawSvg, ProgramThatClosesItsOutputAndStaysIsEndedAtTheLimit) {
  const Script script("exec sleep 600 0<&- 1>&- 2>&-");
  EXPECT_EQ(
      failure("digraph {}", {.program = script.path(), .limit = std::chrono::seconds(1)}).code,
      ErrorCode::LimitReached);
}

TEST(DrawSvg, ProgramThatWantsMoreMemoryThanItMayHaveReachesALimit) {
  const Script script("cat >/dev/null; echo 'dot: out of memory' >&2; exit 1");
  const Failure it =
      failure("digraph {}", {.program = script.path(), .memory_bytes = std::uint64_t{64} << 20});
  EXPECT_EQ(it.code, ErrorCode::LimitReached);
  EXPECT_EQ(it.message.en, "`" + script.path() +
                               "` needs more than 64 MiB of memory; draw fewer segments or raise "
                               "the limit: --limit dot_memory=VALUE");
}

TEST(DrawSvg, ProgramHasAsMuchMemoryAndProcessorTimeAsItMay) {
  const Script script("cat >/dev/null; echo \"<svg>$(ulimit -v) $(ulimit -t) $(ulimit -c)</svg>\"");
  EXPECT_EQ(draw_svg("", {.program = script.path(),
                          .limit = std::chrono::seconds(9),
                          .memory_bytes = std::uint64_t{1} << 30}),
            "<svg>1048576 10 0</svg>\n");
}

TEST(DrawSvg, DrawingBeyondTheLimitIsRefused) {
  const Script script("cat >/dev/null; echo '<svg>0123456789</svg>'");
  const Failure it = failure("", {.program = script.path(), .output_bytes = 10});
  EXPECT_EQ(it.code, ErrorCode::LimitReached);
  EXPECT_NE(it.message.en.find("draws more than 10 bytes"), std::string::npos) << it.message.en;
}

TEST(DrawSvg, ProgramInAFolderNamedFromHereIsNotRun) {
  const Script script("cat >/dev/null; echo '<svg></svg>'");
  const std::string before = std::getenv("PATH");
  const fs::path here = fs::current_path();
  fs::current_path(fs::path(script.path()).parent_path());
  ::setenv("PATH", ".::relative", 1);
  EXPECT_EQ(failure("", {.program = "draw"}).code, ErrorCode::NotFound);
  ::setenv("PATH", fs::path(script.path()).parent_path().c_str(), 1);
  EXPECT_EQ(draw_svg("", {.program = "draw"}), "<svg></svg>\n");
  ::setenv("PATH", before.c_str(), 1);
  fs::current_path(here);
}

TEST(DrawSvg, LimitBelowASecondIsRefused) {
  EXPECT_EQ(failure("digraph {}", {.memory_bytes = 1000}).code, ErrorCode::InvalidArgument);
  EXPECT_EQ(failure("digraph {}", {.limit = std::chrono::seconds(0)}).code,
            ErrorCode::InvalidArgument);
}

TEST(DrawSvg, StopTokenEndsTheProgram) {
  const Script script("exec sleep 600");
  std::stop_source stop;
  const std::jthread later([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  EXPECT_EQ(failure("digraph {}", {.program = script.path(), .stop = stop.get_token()}).code,
            ErrorCode::Cancelled);
}

TEST(DrawSvg, CancelledBeforeItStartsRunsNothing) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(
      failure("digraph {}", {.program = "liantu-no-such-program", .stop = stop.get_token()}).code,
      ErrorCode::Cancelled);
}

TEST(DrawSvg, LeavesNoFileNoChildAndNoSignalMaskBehind) {
  const Script bad("exit 1");
  const Script slow("exec sleep 600");
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  const std::size_t files = open_files();
  static_cast<void>(draw_svg("digraph {}"));
  failure(std::string(1000000, 'x'), {.program = bad.path()});
  failure("", {.program = slow.path(), .limit = std::chrono::seconds(1)});
  failure("", {.program = "liantu-no-such-program"});
  EXPECT_EQ(open_files(), files);
  EXPECT_FALSE(has_children());
  sigset_t after;
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  EXPECT_EQ(sigismember(&after, SIGPIPE), sigismember(&before, SIGPIPE));
  sigset_t pending;
  sigpending(&pending);
  EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
}

}  // namespace
}  // namespace liantu
