#include "base/files/mapped_file.hpp"

#include <filesystem>
#include <future>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

class MappedFile : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("liantu_mapped_" + std::to_string(getpid()));
};

TEST_F(MappedFile, HoldsTheBytesOfTheFile) {
  const std::string content(100'000, 'x');
  write_file(folder_ / "a", content, Overwrite::No);
  EXPECT_EQ(map_file(folder_ / "a").bytes, content);
}

TEST_F(MappedFile, EmptyFileHasNoBytes) {
  write_file(folder_ / "a", "", Overwrite::No);
  EXPECT_EQ(map_file(folder_ / "a").bytes, "");
}

TEST_F(MappedFile, KeepsItsBytesWhenTheFileIsReplacedOrRemoved) {
  write_file(folder_ / "a", "before", Overwrite::No);
  const FileBytes open = map_file(folder_ / "a");
  write_file(folder_ / "a", "after!", Overwrite::Yes);
  EXPECT_EQ(open.bytes, "before");
  std::filesystem::remove(folder_ / "a");
  EXPECT_EQ(open.bytes, "before");
}

TEST_F(MappedFile, APipeIsRead) {
  const std::filesystem::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::future<std::string> got =
      std::async(std::launch::async, [&] { return std::string(map_file(pipe).bytes); });
  FILE* out = std::fopen(pipe.c_str(), "w");
  std::fputs("through a pipe", out);
  std::fclose(out);
  EXPECT_EQ(got.get(), "through a pipe");
}

TEST_F(MappedFile, WhatCannotBeReadSaysSoAsReadingDoes) {
  for (const std::filesystem::path& path : {folder_ / "none", folder_}) {
    try {
      static_cast<void>(map_file(path));
      ADD_FAILURE() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Io);
      EXPECT_NE(error.message().en.find(path.string()), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace liantu
