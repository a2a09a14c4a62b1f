#include "tables/workbooks/compound_file.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support/old_workbook.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

const std::string kFile = "f.xls";

TEST(CompoundFile, StreamsOfEverySizeAreReadWhole) {
  const std::string small(100, 's');
  const std::string large = std::string(5000, 'l') + "end";
  const std::string bytes = test::compound({{"A", small}, {"Empty", ""}, {"Workbook", large}});
  const CompoundFile file(bytes, kFile);
  EXPECT_EQ(file.read("A"), small);
  EXPECT_EQ(file.read("Empty"), "");
  EXPECT_EQ(file.read("Workbook"), large);
  EXPECT_EQ(file.read("B"), std::nullopt);
  EXPECT_TRUE(file.has("Workbook"));
  EXPECT_FALSE(file.has("workbook"));
}

TEST(CompoundFile, ATableOfSeveralSectorsIsRead) {
  const std::string large(300'000, 'x');
  const std::string bytes = test::compound({{"Workbook", large}});
  EXPECT_EQ(CompoundFile(bytes, kFile).read("Workbook"), large);
}

TEST(CompoundFile, WhatIsBrokenIsRefused) {
  const std::string whole = test::compound({{"Workbook", std::string(5000, 'x')}});
  const auto failure = [](const std::string& bytes) {
    return failure_of([&] { (void)CompoundFile(bytes, kFile).read("Workbook"); });
  };
  EXPECT_EQ(failure(whole), "no error");
  EXPECT_NE(failure("").find("f.xls: is cut off or broken"), std::string::npos);
  EXPECT_NE(failure(whole.substr(0, 1000)).find("is cut off or broken"), std::string::npos);
  // The list of streams stands behind the ten sectors of the one, in a chain that leads back to
  // itself.
  std::string round = whole;
  const std::size_t table = whole.size() - 512;
  round.replace(table + 4 * 10, 4, test::little(10, 4));
  EXPECT_NE(failure(round).find("is cut off or broken"), std::string::npos);
}

TEST(CompoundFile, EveryShorterFileIsReadOrRefused) {
  const std::string whole = test::compound({{"A", "abc"}, {"Workbook", std::string(5000, 'x')}});
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    const std::string failure =
        failure_of([&] { (void)CompoundFile(whole.substr(0, length), kFile).read("Workbook"); });
    EXPECT_TRUE(failure.starts_with("InvalidData: f.xls: ") || failure == "no error") << failure;
  }
}

}  // namespace
}  // namespace liantu
