#include "liantu/base/files/atomic_file.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <string>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNoLimit = 1 << 20;

class AtomicFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "liantu-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Names of everything in the folder.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder_))
      out.push_back(entry.path().filename());
    std::sort(out.begin(), out.end());
    return out;
  }

  fs::path folder_;
};

using Names = std::vector<std::string>;

/// Error of a call, or nothing when it went well.
template <typename Call>
std::optional<Error> error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

void expect_io(const std::optional<Error>& error, const std::string& en, const std::string& zh) {
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::Io);
  EXPECT_EQ(error->message().en, en);
  EXPECT_EQ(error->message().zh, zh);
}

TEST_F(AtomicFile, WritesAllBytesAndLeavesNothingElse) {
  const std::string content("链图\0\n", 8);
  write_file(folder_ / "a.csv", content, Overwrite::No);
  EXPECT_EQ(read_file(folder_ / "a.csv", kNoLimit), content);
  write_file(folder_ / "empty", "", Overwrite::No);
  EXPECT_EQ(read_file(folder_ / "empty", 0), "");
  EXPECT_EQ(names(), (Names{"a.csv", "empty"}));
}

TEST_F(AtomicFile, ReplacesOnlyWhenAllowed) {
  const fs::path path = folder_ / "a.csv";
  write_file(path, "old", Overwrite::Yes);
  expect_io(error_of([&] { write_file(path, "new", Overwrite::No); }),
            path.string() +
                ": cannot be written: it exists already; choose another name or allow "
                "overwriting",
            path.string() + "：无法写入：文件已存在；请换一个文件名，或允许覆盖");
  EXPECT_EQ(read_file(path, kNoLimit), "old");
  write_file(path, "new", Overwrite::Yes);
  EXPECT_EQ(read_file(path, kNoLimit), "new");
  EXPECT_EQ(names(), Names{"a.csv"});
}

TEST_F(AtomicFile, KeepsThePermissionsOfTheFileItReplaces) {
  const fs::path path = folder_ / "a.csv";
  write_file(path, "old", Overwrite::No);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  write_file(path, "new", Overwrite::Yes);
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(AtomicFile, FollowsALinkToTheFileItReplaces) {
  write_file(folder_ / "real", "old", Overwrite::No);
  fs::create_symlink("real", folder_ / "link");
  write_file(folder_ / "link", "new", Overwrite::Yes);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_file(folder_ / "real", kNoLimit), "new");
}

TEST_F(AtomicFile, ALinkThatPointsAtNothingStaysAndItsFileIsMade) {
  fs::create_directory(folder_ / "there");
  fs::create_symlink("there/real", folder_ / "link");
  fs::create_symlink("link", folder_ / "link to link");
  EXPECT_EQ(file_behind(folder_ / "link to link"), folder_ / "there/real");
  write_file(folder_ / "link to link", "new", Overwrite::Yes);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link to link"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_file(folder_ / "there/real", kNoLimit), "new");
  EXPECT_EQ(names(), (Names{"link", "link to link", "there"}));
}

TEST_F(AtomicFile, LinksThatPointAtEachOtherAreAnError) {
  fs::create_symlink("b", folder_ / "a");
  fs::create_symlink("a", folder_ / "b");
  expect_io(
      error_of([&] { write_file(folder_ / "a", "x", Overwrite::Yes); }),
      (folder_ / "a").string() + ": cannot be written: links point at each other; mend the links",
      (folder_ / "a").string() + "：无法写入：链接互相指向；请修正链接");
  EXPECT_TRUE(fs::is_symlink(folder_ / "a"));
}

TEST_F(AtomicFile, WhatKilledProcessesLeftIsRemovedAndWhatOthersWriteIsNot) {
  for (const char* name : {".liantu-1-0.tmp", ".liantu-77777-3.tmp", ".liantu-x", "a.tmp"}) {
    std::ofstream(folder_ / name) << "half";
  }
  fs::create_directory(folder_ / ".liantu-2-0.tmp");
  fs::create_symlink("a.tmp", folder_ / ".liantu-3-0.tmp");
  // Held as by a process that is writing it, whatever its number.
  const int writing = ::open((folder_ / ".liantu-1-0.tmp").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(writing, LOCK_EX), 0);
  write_file(folder_ / "file", "x", Overwrite::No);
  EXPECT_EQ(names(), (Names{".liantu-1-0.tmp", ".liantu-2-0.tmp", ".liantu-3-0.tmp", ".liantu-x",
                            "a.tmp", "file"}));
  ::close(writing);
  write_file(folder_ / "file", "y", Overwrite::Yes);
  EXPECT_EQ(names(), (Names{".liantu-2-0.tmp", ".liantu-3-0.tmp", ".liantu-x", "a.tmp", "file"}));
}

TEST_F(AtomicFile, AnOpenFileThatTakesNothingIsAnError) {
  const int closed = ::open("/", O_PATH | O_CLOEXEC);
  const Text name = {"standard output", "标准输出"};
  expect_io(error_of([&] { write_to(closed, name, "x"); }),
            "standard output: cannot be written: it is closed; open it or write to a file instead",
            "标准输出：无法写入：已关闭；请打开它，或改为写入文件");
  ::close(closed);
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  ::close(ends[0]);
  std::signal(SIGPIPE, SIG_IGN);
  expect_io(error_of([&] { write_to(ends[1], name, "x"); }),
            "standard output: cannot be written: its reader has ended; let the reader go on to the "
            "end or write to a file instead",
            "标准输出：无法写入：读取方已结束；请让读取方读到结尾，或改为写入文件");
  std::signal(SIGPIPE, SIG_DFL);
  ::close(ends[1]);
}

TEST_F(AtomicFile, MissingFolderIsAnError) {
  const fs::path path = folder_ / "none" / "a.csv";
  expect_io(error_of([&] { write_file(path, "x", Overwrite::Yes); }),
            path.string() +
                ": cannot be written: its folder does not exist; create the folder or "
                "choose another",
            path.string() + "：无法写入：所在文件夹不存在；请先建好文件夹，或换一个文件夹");
}

TEST_F(AtomicFile, PathBelowAFileIsAnError) {
  write_file(folder_ / "file", "x", Overwrite::No);
  const fs::path path = folder_ / "file" / "a.csv";
  expect_io(
      error_of([&] { write_file(path, "x", Overwrite::Yes); }),
      path.string() + ": cannot be written: a part of the path is not a folder; check the path",
      path.string() + "：无法写入：路径中有一段不是文件夹；请核对路径");
  EXPECT_EQ(names(), Names{"file"});
}

TEST_F(AtomicFile, FoldersAndDevicesAreNeverReplaced) {
  fs::create_directory(folder_ / "sub");
  EXPECT_EQ(error_of([&] { write_file(folder_ / "sub", "x", Overwrite::Yes); }).value().code(),
            ErrorCode::Io);
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(error_of([&] { write_file(folder_ / "pipe", "x", Overwrite::Yes); }).value().code(),
            ErrorCode::Io);
  EXPECT_EQ(error_of([&] { write_file("", "x", Overwrite::Yes); }).value().code(), ErrorCode::Io);
  EXPECT_TRUE(fs::is_fifo(folder_ / "pipe"));
  EXPECT_EQ(names(), (Names{"pipe", "sub"}));
}

TEST_F(AtomicFile, FullDiskLeavesTheOldFileAndNoTemporary) {
  const fs::path path = folder_ / "a.csv";
  write_file(path, "old", Overwrite::No);
  // A limit on the size of files stands in for a full disk; the signal would end the test.
  struct ::rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct ::rlimit small { 4096, before.rlim_max };
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::optional<Error> error =
      error_of([&] { write_file(path, std::string(10000, 'x'), Overwrite::Yes); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  expect_io(error,
            path.string() +
                ": cannot be written: the disk is full or a size limit was reached; "
                "free some space or choose another disk",
            path.string() + "：无法写入：磁盘已满或超出大小限制；请清理空间或换一个磁盘");
  EXPECT_EQ(read_file(path, kNoLimit), "old");
  EXPECT_EQ(names(), Names{"a.csv"});
}

TEST_F(AtomicFile, AWriteThatIsStoppedLeavesTheOldFileAndNoTemporary) {
  const fs::path path = folder_ / "a.csv";
  write_file(path, "old", Overwrite::No);
  std::stop_source stop;
  stop.request_stop();
  const std::string_view parts[] = {"new", "er"};
  const std::optional<Error> error =
      error_of([&] { write_file(path, parts, Overwrite::Yes, stop.get_token()); });
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::Cancelled);
  EXPECT_EQ(error->message(),
            (Text{path.string() + ": writing was interrupted", path.string() + "：写入被中断"}));
  EXPECT_EQ(read_file(path, kNoLimit), "old");
  // Not even a file without content is written then.
  EXPECT_EQ(error_of([&] { write_file(folder_ / "b", {}, Overwrite::No, stop.get_token()); })
                .value()
                .code(),
            ErrorCode::Cancelled);
  EXPECT_EQ(names(), Names{"a.csv"});
}

TEST_F(AtomicFile, WritesMoreThanIsFlushedAtOnce) {
  std::string large(std::size_t{70} << 20, 'x');
  for (std::size_t i = 0; i < large.size(); i += 4099) large[i] = static_cast<char>('a' + i % 26);
  const std::string_view parts[] = {"head", large, "tail"};
  write_file(folder_ / "a", parts, Overwrite::No);
  EXPECT_EQ(read_file(folder_ / "a", 2 * large.size()), "head" + large + "tail");
}

TEST_F(AtomicFile, OfManyWritersOneWinsWhole) {
  const fs::path path = folder_ / "a.csv";
  std::atomic<int> won = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      const std::string content(5000, static_cast<char>('a' + i));
      if (!error_of([&] { write_file(path, content, Overwrite::No); })) ++won;
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(won, 1);
  const std::string content = read_file(path, kNoLimit);
  EXPECT_EQ(content, std::string(5000, content.at(0)));
  EXPECT_EQ(names(), Names{"a.csv"});
}

TEST_F(AtomicFile, ReadingAMissingFileOrAFolderIsAnError) {
  const fs::path path = folder_ / "none";
  expect_io(error_of([&] { (void)read_file(path, kNoLimit); }),
            path.string() + ": cannot be read: it does not exist; check the name",
            path.string() + "：无法读取：文件不存在；请核对文件名");
  expect_io(error_of([&] { (void)read_file(folder_, kNoLimit); }),
            folder_.string() + ": cannot be read: it is a folder; name a file",
            folder_.string() + "：无法读取：这是一个文件夹；请写文件名");
}

TEST_F(AtomicFile, ReadingStopsAtTheLimit) {
  const fs::path path = folder_ / "a.csv";
  write_file(path, "12345", Overwrite::No);
  EXPECT_EQ(read_file(path, 5), "12345");
  const std::optional<Error> error = error_of([&] { (void)read_file(path, 4); });
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::LimitReached);
  EXPECT_EQ(error->message().en, path.string() +
                                     ": larger than the limit of 4 bytes; split the "
                                     "file or raise the limit");
  EXPECT_EQ(error->message().zh, path.string() + "：超过 4 字节的上限；请拆分文件或提高上限");
}

TEST_F(AtomicFile, ReadsAPipeToItsEndAndNoFurtherThanTheLimit) {
  const fs::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const auto feed = [&] { std::ofstream(path) << std::string(20000, 'x'); };
  std::thread writer(feed);
  EXPECT_EQ(read_file(path, kNoLimit), std::string(20000, 'x'));
  writer.join();
  const auto handler = std::signal(SIGPIPE, SIG_IGN);
  std::thread second(feed);
  EXPECT_EQ(error_of([&] { (void)read_file(path, 100); }).value().code(), ErrorCode::LimitReached);
  second.join();
  std::signal(SIGPIPE, handler);
}

TEST_F(AtomicFile, WaitingForAPipeEndsWhenAsked) {
  const fs::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  // Nobody ever writes; then somebody has it open and writes no more.
  for (const bool opened : {false, true}) {
    std::stop_source stop;
    std::optional<Error> error;
    std::thread reader(
        [&] { error = error_of([&] { (void)read_file(path, kNoLimit, stop.get_token()); }); });
    std::ofstream writer;
    if (opened) {
      writer.open(path);
      writer << "half a line" << std::flush;
    }
    stop.request_stop();
    reader.join();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), ErrorCode::Cancelled);
    EXPECT_EQ(error->message().zh, path.string() + "：读取被中断");
  }
}

TEST(MakeFolder, MakesWhatIsMissingAndRefusesAFile) {
  std::string pattern = (std::filesystem::temp_directory_path() / "liantu-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  const std::filesystem::path folder = pattern;
  make_folder(folder / "a/b");
  make_folder(folder / "a/b");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b"));
  write_file(folder / "file", "", Overwrite::No);
  try {
    make_folder(folder / "file/c");
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Io);
    EXPECT_NE(error.message().zh.find("不是文件夹"), std::string::npos) << error.message().zh;
  }
  std::filesystem::remove_all(folder);
}

TEST_F(AtomicFile, TheStartOfAFileIsReadAndNothingOfAPipe) {
  write_file(folder_ / "a", "abcdef", Overwrite::Yes);
  EXPECT_EQ(read_start(folder_ / "a", 4), "abcd");
  EXPECT_EQ(read_start(folder_ / "a", 100), "abcdef");
  ASSERT_EQ(::mkfifo((folder_ / "p").c_str(), 0600), 0);
  EXPECT_EQ(read_start(folder_ / "p", 4), "");
  EXPECT_THROW((void)read_start(folder_ / "none", 4), Error);
}

}  // namespace
}  // namespace liantu
