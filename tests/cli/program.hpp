#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace liantu::test {

/// What a run of the program ended with.
struct Ran {
  int exit = -1;    ///< exit status; -1 when a signal ended it
  int signal = 0;   ///< the signal that ended it, or 0
  std::string out;  ///< standard output
  std::string err;  ///< standard error
};

/// Where and how the program runs.
struct Setting {
  std::filesystem::path folder;  ///< working folder
  /// Variables beside the test's own environment, in which no locale is set.
  std::vector<std::pair<std::string, std::string>> environment;
  std::string out = {};  ///< file standard output goes to instead of Ran::out
  std::uint64_t file_bytes =
      0;  ///< most bytes of any file it writes, like a full disk; 0 = no limit
  /// A program, with its arguments, that starts this one.
  std::vector<std::string> through = {};
};

/// The program `liantu`, started; it never outlives this object.
class Started {
 public:
  Started(const std::vector<std::string>& arguments, const Setting& setting);
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;
  ~Started();

  /// Waits until it turns interrupts into requests to stop; false when it ended before.
  [[nodiscard]] bool wait_until_interruptible();
  void send(int signal) const;
  [[nodiscard]] pid_t id() const { return id_; }
  [[nodiscard]] bool running() { return !ended(false); }
  /// Waits for its end, two minutes at most.
  [[nodiscard]] Ran wait();

 private:
  [[nodiscard]] bool ended(bool block);

  pid_t id_ = 0;
  int status_ = 0;
  bool ended_ = false;
  std::filesystem::path folder_;  // of the two files below
  std::filesystem::path out_;
  std::filesystem::path err_;
};

/// Runs the program to its end.
[[nodiscard]] Ran run(const std::vector<std::string>& arguments, const Setting& setting);

/// A file's bytes.
[[nodiscard]] std::string bytes_of(const std::filesystem::path& path);

/// Tests that run the program in a folder of their own.
class InFolder : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// Runs the program in the folder.
  [[nodiscard]] Ran liantu(const std::vector<std::string>& arguments) const;
  /// Writes a file in the folder, making folders as needed.
  void write(const std::string& name, std::string_view bytes) const;
  /// Names of everything in the folder, ascending.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Expects that the program refuses: this exit status, nothing on standard output, and on
  /// standard error all of these words, first asked for English, then for Chinese.
  void expect_refused(const std::vector<std::string>& arguments, int exit,
                      const std::vector<std::string>& en,
                      const std::vector<std::string>& zh) const {
    expect_refused(arguments, exit, en, zh, {});
  }
  /// The same under a setting, whose folder is this test's.
  void expect_refused(const std::vector<std::string>& arguments, int exit,
                      const std::vector<std::string>& en, const std::vector<std::string>& zh,
                      Setting setting) const;
  /// Builds `dadukou.liantu` from the bundled district.
  void build_dadukou() const;

  std::filesystem::path folder_;
};

/// The bundled district's tables.
[[nodiscard]] std::filesystem::path dadukou();

}  // namespace liantu::test
