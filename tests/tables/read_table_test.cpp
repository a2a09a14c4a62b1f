#include "liantu/tables/read_table.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/digest.hpp"
#include "liantu/tables/csv.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

/// A folder of its own for each test, gone when the test ends.
class ReadTable : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path{testing::TempDir()} /
              ("liantu_tables_" +
               std::string{testing::UnitTest::GetInstance()->current_test_info()->name()});
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::filesystem::path write(const std::string& name, std::string_view bytes) const {
    std::ofstream out{folder_ / name, std::ios::binary};
    out << bytes;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

TEST_F(ReadTable, ExtensionTellsTheFormat) {
  const Rows expected = {{"1", "2"}};
  EXPECT_EQ(cells_of(read_table(write("a.csv", "a,b\n1,2\n"))), expected);
  EXPECT_EQ(cells_of(read_table(write("a.TXT", "a;b\n1;2\n"))), expected);
  EXPECT_EQ(cells_of(read_table(write("a.tsv", "a\tb\n1\t2\n"))), expected);
  EXPECT_EQ(cells_of(read_table(write("a.json", "[{\"a\":1,\"b\":2}]"))), expected);
  EXPECT_EQ(cells_of(read_table(write("a.jsonl", "{\"a\":1,\"b\":2}"))), expected);
  EXPECT_EQ(cells_of(read_table(write("a.ndjson", "{\"a\":1,\"b\":2}"))), expected);
}

TEST_F(ReadTable, DigestIsThatOfTheBytes) {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "a,b\n1,2\n";
  EXPECT_EQ(read_table(write("a.csv", bytes)).digest(), digest(bytes));
  EXPECT_EQ(parse_csv(bytes, "a.csv").digest(), "");
}

TEST_F(ReadTable, TsvPrefersTabs) {
  EXPECT_EQ(read_table(write("a.tsv", "x,y,z\tb\n")).columns(),
            (std::vector<std::string>{"x,y,z", "b"}));
  EXPECT_EQ(read_table(write("a.csv", "x,y,z\tb\n")).columns(),
            (std::vector<std::string>{"x", "y", "z\tb"}));
  EXPECT_EQ(read_table(write("b.tsv", "x,y\n")).columns(), (std::vector<std::string>{"x", "y"}));
}

TEST_F(ReadTable, NameIsTheFilesOwnUnlessGiven) {
  const auto path = write("firms.csv", "a\n1\n");
  EXPECT_EQ(read_table(path).file(), "firms.csv");
  EXPECT_EQ(read_table(path, "data/firms.csv").place(0).to_string(), "data/firms.csv:2:1");
}

TEST_F(ReadTable, HeaderAloneIsFine) { EXPECT_EQ(read_table(write("a.csv", "a,b\n")).size(), 0U); }

TEST_F(ReadTable, EmptyFileIsAnError) {
  EXPECT_EQ(failure_of([&] { (void)read_table(write("a.csv", "")); }),
            "InvalidData: a.csv: is empty; the first row must name the columns");
}

TEST_F(ReadTable, MissingFileIsAnError) {
  const auto error = error_of([&] { (void)read_table(folder_ / "none.csv"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::Io);
}

TEST_F(ReadTable, UnknownExtensionIsAnErrorThatListsTheKnown) {
  EXPECT_EQ(failure_of([&] { (void)read_table("folder/firms.dat"); }),
            "InvalidData: firms.dat: no table format has the extension \".dat\" (known are .csv "
            ".txt .tsv .json .jsonl .ndjson); rename the file after what it holds");
  EXPECT_EQ(failure_of([&] { (void)read_table("firms.XLSX"); }),
            "InvalidData: firms.XLSX: no table format has the extension \".xlsx\" (known are "
            ".csv .txt .tsv .json .jsonl .ndjson); save the workbook as \"CSV UTF-8\" in the "
            "spreadsheet program");
}

TEST_F(ReadTable, FileLargerThanTheLimitIsNotRead) {
  TableOptions options;
  options.limits.file_bytes = 3;
  EXPECT_EQ(failure_of([&] { (void)read_table(write("a.csv", "a,b\n"), {}, options); }),
            "LimitReached: a.csv: has 4 bytes, the limit is 3; split the file or raise the limit: "
            "--limit file_bytes=VALUE");
}

TEST_F(ReadTable, CancelledBeforeItBegins) {
  std::stop_source source;
  source.request_stop();
  TableOptions options;
  options.stop = source.get_token();
  EXPECT_EQ(failure_of([&] { (void)read_table(write("a.csv", "a\n"), {}, options); }),
            "Cancelled: a.csv: reading was cancelled");
}

TEST(TableFormats, WorkbooksAreNone) {
  for (const char* name : {"a.xlsx", "A.XLS", "a.xlsm", "a.et", "a.ods"}) {
    EXPECT_TRUE(is_workbook(name)) << name;
    EXPECT_FALSE(is_table(name)) << name;
  }
  EXPECT_FALSE(is_workbook("a.csv"));
}

TEST(TableFormats, AreKnownByTheirExtensionsInAnyCase) {
  EXPECT_EQ(table_formats().size(), 4U);
  for (const TableFormat& format : table_formats()) {
    for (const std::string_view extension : format.extensions) {
      EXPECT_TRUE(is_table("a" + std::string{extension}));
    }
  }
  EXPECT_TRUE(is_table("dir.x/A.CSV"));
  EXPECT_FALSE(is_table("a.xlsx"));
  EXPECT_FALSE(is_table("csv"));
  EXPECT_FALSE(is_table(""));
}

}  // namespace
}  // namespace liantu
