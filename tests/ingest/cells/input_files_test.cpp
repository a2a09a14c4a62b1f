#include "ingest/cells/input_files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/problem_lines.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

class InputFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "liantu-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    folder_ = pattern;
    for (const char* file : {"a/x/t.csv", "a/y/t.csv", "b/x/t.csv", "b/u.csv", "b/w.xlsx",
                             "b/~$w.xlsx", "b/.h.csv", "b/.git/u.csv", "b/README.md", "c/LICENSE",
                             "c/a.pdf", "c/README.txt", "c/说明.md", "c/none"}) {
      fs::create_directories((folder_ / file).parent_path());
      std::ofstream(folder_ / file) << "x";
    }
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // `t.csv`, or `+t.csv` for one that was found in a folder.
  Lines names(const Lines& paths) const {
    std::vector<fs::path> full;
    for (const std::string& path : paths) full.push_back(folder_ / path);
    Lines lines;
    for (const InputFile& file : list_input_files(full)) {
      lines.push_back((file.found == InputFile::Found::InFolder ? "+" : "") + file.name);
      EXPECT_TRUE(fs::exists(file.path));
    }
    return lines;
  }

  fs::path folder_;
};

TEST_F(InputFiles, FilesOfAFolderStandByNameBelowIt) {
  EXPECT_EQ(names({"b"}), (Lines{"+u.csv", "+w.xlsx", "+x/t.csv"}));
  EXPECT_EQ(names({"b/"}), (Lines{"+u.csv", "+w.xlsx", "+x/t.csv"}));
  EXPECT_EQ(names({"b/u.csv", "b/README.md"}), (Lines{"README.md", "u.csv"}))
      << "one that is named is wanted, whatever it is";
  EXPECT_EQ(names({}), Lines{});
}

TEST_F(InputFiles, NamesThatCollideGrowUntilTheyDiffer) {
  EXPECT_EQ(names({"a/x/t.csv", "a/y/t.csv"}), (Lines{"x/t.csv", "y/t.csv"}));
  EXPECT_EQ(names({"a/x", "a/y"}), (Lines{"+x/t.csv", "+y/t.csv"}));
  EXPECT_EQ(names({"a/x/t.csv", "b/x/t.csv", "b/u.csv"}),
            (Lines{"a/x/t.csv", "b/x/t.csv", "u.csv"}));
  EXPECT_EQ(names({"a/x/t.csv", "a/y/t.csv", "b/x/t.csv"}),
            (Lines{"a/x/t.csv", "b/x/t.csv", "y/t.csv"}));
  EXPECT_EQ(names({"a", "b/x"}), (Lines{"+t.csv", "+x/t.csv", "+y/t.csv"}))
      << "no two of these are the same";
}

TEST_F(InputFiles, AllFilesOfAFolderAreListedButThoseThatTellPeopleOfTheOthers) {
  EXPECT_EQ(names({"c"}), (Lines{"+a.pdf", "+none"}));
}

TEST_F(InputFiles, TheOrderInWhichTheyAreGivenDecidesNothing) {
  EXPECT_EQ(names({"b/u.csv", "a"}), names({"a", "b/u.csv"}));
  EXPECT_EQ(names({"b", "b/x/t.csv"}), names({"b/x/t.csv", "b"}));
  EXPECT_EQ(names({"b", "b/x"}), names({"b/x", "b"}));
}

TEST_F(InputFiles, FileThatIsMetTwiceIsListedOnce) {
  EXPECT_EQ(names({"b/u.csv", "b/x/../u.csv"}), (Lines{"u.csv"}));
  EXPECT_EQ(names({"b/x", "b/x/t.csv"}), (Lines{"t.csv"})) << "and counts as named";
  EXPECT_EQ(names({"b/x/t.csv", "b"}), (Lines{"t.csv", "+u.csv", "+w.xlsx"}));
}

TEST_F(InputFiles, PathThatDoesNotExistIsAnError) {
  const auto error = error_of([&] { (void)list_input_files({folder_ / "none"}); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::Io);
}

}  // namespace
}  // namespace liantu
