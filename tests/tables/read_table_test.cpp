#include "liantu/tables/read_table.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/files/digest.hpp"
#include "liantu/tables/plain/csv.hpp"
#include "support/workbook_file.hpp"
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

TEST_F(ReadTable, APipeIsReadOnce) {
  const std::filesystem::path pipe = folder_ / "p.csv";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << "a,b\n1,2\n"; });
  const Table table = read_table(pipe);
  writer.join();
  EXPECT_EQ(cells_of(table), (Rows{{"1", "2"}}));
  EXPECT_EQ(table.digest(), digest("a,b\n1,2\n"));
}

TEST_F(ReadTable, AFileOfAnotherKindIsNamedAsWhatItIs) {
  const auto failure = [&](const std::string& name, std::string_view bytes) {
    const auto error = error_of([&] { (void)read_table(write(name, bytes)); });
    return error ? std::string(error->what()) : std::string();
  };
  for (const char* name : {"a.csv", "a.json", "a.pdf", "a.dat"}) {
    EXPECT_NE(failure(name, "%PDF-1.7").find(std::string(name) + ": this is a PDF document"),
              std::string::npos)
        << failure(name, "%PDF-1.7");
  }
  EXPECT_NE(failure("a.csv", "[{\"a\": 1}]").find("this is JSON"), std::string::npos);
  EXPECT_NE(failure("a.json", "{\"schema\": \"liantu.gaps/1\"}").find("an output of Liantu"),
            std::string::npos);
}

TEST_F(ReadTable, AListThatLiantuWroteIsToldByItsMark) {
  EXPECT_TRUE(is_output(read_table(write("a.csv", "x,written by liantu\n1,\n"))));
  EXPECT_TRUE(is_output(read_table(write("b.csv", "x;由链图（liantu）生成\n1;\n"))));
  EXPECT_FALSE(is_output(read_table(write("c.csv", "x,y\nwritten by liantu,\n"))));
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
            ".txt .tsv .json .jsonl .ndjson .xlsx .xlsm .ods .xls .et .sqlite .sqlite3 .db odbc:); "
            "rename the file after what it holds");
  EXPECT_EQ(failure_of([&] { (void)read_table("firms.XLSB"); }),
            "InvalidData: firms.XLSB: no table format has the extension \".xlsb\" (known are "
            ".csv .txt .tsv .json .jsonl .ndjson .xlsx .xlsm .ods .xls .et .sqlite .sqlite3 .db "
            "odbc:); save the workbook as .xlsx in the "
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
  EXPECT_TRUE(failure_of([&] {
                (void)read_table(write("a.csv", "a\n"), {}, options);
              }).starts_with("Cancelled: "));
}

TEST_F(ReadTable, AWorkbookMayHoldSeveralTables) {
  test::BookParts parts;
  parts.sheets = {{"甲", "<sheetData>" + test::text_row(1, {"a", "b"}) +
                             test::text_row(2, {"1", "2"}) + "</sheetData>"},
                  {"乙", "<sheetData>" + test::text_row(1, {"c", "d"}) + "</sheetData>"}};
  const auto path = write("b.xlsx", test::book(parts));
  const auto tables = read_tables(path);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].digest(), digest(test::book(parts)));
  EXPECT_EQ(tables[0].digest(), tables[1].digest());
  EXPECT_EQ(read_table(path.string() + "#乙").sheet(), "乙");
  EXPECT_EQ(
      failure_of([&] { (void)read_table(path); }),
      "InvalidData: b.xlsx: holds several tables (b.xlsx#甲!A1, b.xlsx#乙!A1), but only one is "
      "expected here; choose a sheet as b.xlsx#Sheet, or keep one table in the file");
  (void)write("b.xlsx#乙", "");
  EXPECT_EQ(split_sheet(folder_ / "b.xlsx#乙").sheet, "") << "a file that is called so";
  EXPECT_EQ(split_sheet("a#b/c.xlsx#d#e").sheet, "d#e");
  EXPECT_EQ(split_sheet("a.csv#b").sheet, "");
}

TEST_F(ReadTable, HeadingsAgainAreLeftOutWithANote) {
  const Table table = read_table(write("a.csv", "企业名称,产品\n甲,x\n企业名称,产品\n乙,y\n"));
  EXPECT_EQ(cells_of(table), (Rows{{"甲", "x"}, {"乙", "y"}}));
  EXPECT_EQ(problems_of(table),
            (std::vector<std::string>{
                "a.csv:3:1: the row repeats the headings and is left out; nothing to do"}));
}

TEST_F(ReadTable, UnitCanBeSaid) {
  TableOptions options;
  options.unit = "万元";
  EXPECT_EQ(read_table(write("a.csv", "a,b\n1,2\n"), {}, options).unit(), "万元");
}

TEST(TableFormats, WorkbooksAreToldByTheirExtension) {
  for (const char* name : {"a.xlsx", "A.XLS", "a.xlsm", "a.et", "a.ods"}) {
    EXPECT_TRUE(is_workbook(name)) << name;
  }
  EXPECT_FALSE(is_table("a.xlsb"));
  EXPECT_FALSE(is_workbook("a.csv"));
}

TEST(TableFormats, AreKnownByTheirExtensionsInAnyCase) {
  EXPECT_EQ(table_formats().size(), 9U);
  for (const TableFormat& format : table_formats()) {
    for (const std::string_view extension : format.extensions) {
      // A source that is no file begins with its mark.
      EXPECT_EQ(is_table("a" + std::string{extension}), extension != "odbc:");
    }
  }
  EXPECT_TRUE(is_table("dir.x/A.CSV"));
  EXPECT_FALSE(is_table("a.xlsb"));
  EXPECT_FALSE(is_table("csv"));
  EXPECT_FALSE(is_table(""));
}

TEST(TableFormats, StandardInputNeedsAFormat) {
  EXPECT_NE(failure_of([] { (void)read_tables("-"); }).find("InvalidArgument: -: say what"),
            std::string::npos);
  TableOptions options;
  options.format = "odbc";
  EXPECT_NE(failure_of([&] { (void)read_tables("-", {}, options); }).find("--input-format"),
            std::string::npos);
  EXPECT_TRUE(is_no_file("-"));
  EXPECT_EQ(table_name("-"), "stdin");
  options.format = "csv";
  const TableBytes bytes = table_bytes("-", {}, "a,b\n1,2\n", options);
  EXPECT_EQ(bytes.format, "csv");
  EXPECT_EQ(parse_table(bytes, options).file(), "stdin");
}

TEST(TableFormats, ATableOfADatabaseIsNamedBehindItsFile) {
  EXPECT_EQ(split_sheet("d.sqlite?table=企业").sheet, "企业");
  EXPECT_EQ(split_sheet("d.db?query=SELECT 1").sheet, "?query=SELECT 1");
  EXPECT_EQ(split_sheet("d.db?query=SELECT 1").path, "d.db");
  EXPECT_EQ(split_sheet("d.csv?table=企业").path, "d.csv?table=企业");
  EXPECT_EQ(split_sheet("d.sqlite#企业").sheet, "企业");
}

}  // namespace
}  // namespace liantu
