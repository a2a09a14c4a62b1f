#include "cli/program.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "support/source_tree.hpp"

namespace liantu::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kLongest{2};
constexpr std::chrono::milliseconds kPause{2};

fs::path new_folder() {
  std::string pattern = (fs::temp_directory_path() / "liantu-cli-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return pattern;
}

// The test's environment without a locale, so that a test says itself which one it wants.
std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    if (name.starts_with("LC_") || name.starts_with("LANG")) continue;
    if (std::ranges::any_of(more, [&](const auto& one) { return one.first == name; })) continue;
    result.emplace_back(text);
  }
  for (const auto& [name, value] : more) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::string joined(const std::vector<std::string>& words) {
  std::string result;
  for (const std::string& word : words) result += (result.empty() ? "" : " ") + word;
  return result;
}

}  // namespace

Started::Started(const std::vector<std::string>& arguments, const Setting& setting)
    : folder_(new_folder()) {
  out_ = setting.out.empty() ? folder_ / "out" : fs::path(setting.out);
  err_ = folder_ / "err";
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addchdir_np(&files, setting.folder.c_str());
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  std::vector<std::string> words = setting.through;
  words.emplace_back(LIANTU_PROGRAM);
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = environment_with(setting.environment);
  struct ::rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  // A program takes its limits over from who starts it.
  const struct ::rlimit limit {
    setting.file_bytes == 0 ? before.rlim_cur : setting.file_bytes, before.rlim_max
  };
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const int failed = ::posix_spawnp(&id_, words.front().c_str(), &files, nullptr,
                                    pointers(words).data(), pointers(environment).data());
  ::setrlimit(RLIMIT_FSIZE, &before);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("the program cannot be started: " LIANTU_PROGRAM);
}

Started::~Started() {
  if (!ended_) {
    ::kill(id_, SIGKILL);
    static_cast<void>(ended(true));
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

bool Started::ended(bool block) {
  if (ended_) return true;
  pid_t result = 0;
  do {
    result = ::waitpid(id_, &status_, block ? 0 : WNOHANG);
  } while (result < 0 && errno == EINTR);
  ended_ = result != 0;
  return ended_;
}

bool Started::wait_until_interruptible() {
  while (!ended(false)) {
    std::ifstream status("/proc/" + std::to_string(id_) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (!line.starts_with("SigBlk:")) continue;
      const std::uint64_t blocked = std::stoull(line.substr(7), nullptr, 16);
      if ((blocked >> (SIGINT - 1) & 1) != 0) return true;
    }
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

void Started::send(int signal) const { ::kill(id_, signal); }

Ran Started::wait() {
  const auto latest = Clock::now() + kLongest;
  while (!ended(false)) {
    if (Clock::now() > latest) throw std::runtime_error("the program does not end");
    std::this_thread::sleep_for(kPause);
  }
  Ran ran;
  if (WIFEXITED(status_)) ran.exit = WEXITSTATUS(status_);
  if (WIFSIGNALED(status_)) ran.signal = WTERMSIG(status_);
  if (out_.parent_path() == folder_) ran.out = bytes_of(out_);
  ran.err = bytes_of(err_);
  return ran;
}

Ran run(const std::vector<std::string>& arguments, const Setting& setting) {
  return Started(arguments, setting).wait();
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot be read: " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

fs::path dadukou() { return fs::path(test::source_tree()) / "graphs" / "dadukou"; }

void InFolder::SetUp() { folder_ = new_folder(); }

void InFolder::TearDown() { fs::remove_all(folder_); }

Ran InFolder::liantu(const std::vector<std::string>& arguments) const {
  return run(arguments, {folder_, {}});
}

void InFolder::write(const std::string& name, std::string_view bytes) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

std::vector<std::string> InFolder::names() const {
  std::vector<std::string> result;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    result.push_back(entry.path().filename());
  }
  std::ranges::sort(result);
  return result;
}

void InFolder::expect_refused(const std::vector<std::string>& arguments, int exit,
                              const std::vector<std::string>& en,
                              const std::vector<std::string>& zh, Setting setting) const {
  setting.folder = folder_;
  for (const auto& [language, head, said] :
       {std::tuple("en", "liantu: ", en), std::tuple("zh", "liantu：", zh)}) {
    std::vector<std::string> spoken = arguments;
    spoken.insert(spoken.begin() + (spoken.empty() ? 0 : 1), {"--lang", language});
    const Ran ran = run(spoken, setting);
    SCOPED_TRACE("liantu " + joined(spoken));
    EXPECT_EQ(ran.exit, exit) << ran.err;
    EXPECT_EQ(ran.out, "");
    const std::size_t at = ("\n" + ran.err).rfind(std::string("\n") + head);
    ASSERT_NE(at, std::string::npos) << ran.err;
    const std::string message = ran.err.substr(at);
    for (const std::string& words : said) {
      EXPECT_NE(message.find(words), std::string::npos) << words << "\n in " << message;
    }
  }
}

void InFolder::build_dadukou() const {
  const Ran ran = liantu({"build", dadukou(), "-o", "dadukou.liantu"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
}

}  // namespace liantu::test
