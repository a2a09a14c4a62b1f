#include "tables/databases/odbc.hpp"

#include <string>

#include <gtest/gtest.h>

#include "liantu/tables/read_table.hpp"
#include "tables/table_text.hpp"

// Real servers are asked by tests/databases/databases.sh; here stands what needs none.
namespace liantu {
namespace {

TEST(Odbc, ANameHoldsNoUserAndNoPassword) {
  EXPECT_EQ(odbc_name("odbc:DSN=统计;UID=reader;PWD=secret"), "odbc:DSN=统计");
  EXPECT_EQ(odbc_name("odbc:Driver={PostgreSQL Unicode};Server=db;Database=d;Password={a;b}"),
            "odbc:Driver={PostgreSQL Unicode};Server=db;Database=d");
  EXPECT_EQ(odbc_name("odbc:pwd=secret"), "odbc:");
  EXPECT_EQ(odbc_name("odbc:"), "odbc:");
}

TEST(Odbc, ASourceThatIsNotThereIsNamedWithoutItsPassword) {
  const std::string said = failure_of(
      [] { (void)read_tables("odbc:DSN=no_such_source;UID=reader;PWD=secret?table=t"); });
  EXPECT_TRUE(said.starts_with("Io: odbc:DSN=no_such_source: cannot be connected to")) << said;
  EXPECT_EQ(said.find("secret"), std::string::npos) << said;
  EXPECT_NE(said.find("install its driver"), std::string::npos) << said;
}

TEST(Odbc, APathSaysWhatIsReadOfTheSource) {
  const SheetPath table = split_sheet("odbc:DSN=a;PWD=x?table=企业");
  EXPECT_EQ(table.path, "odbc:DSN=a;PWD=x");
  EXPECT_EQ(table.sheet, "企业");
  EXPECT_EQ(split_sheet("odbc:DSN=a?query=SELECT '#'").sheet, "?query=SELECT '#'");
  EXPECT_EQ(split_sheet("odbc:DSN=a").sheet, "");
}

TEST(Odbc, WhatWasReadIsCheckedWhenItIsParsed) {
  const auto failure = [](const std::string& bytes) {
    return failure_of([&] { (void)parse_odbc(bytes, "odbc:DSN=a", {}); });
  };
  EXPECT_NE(failure("").find("cut off"), std::string::npos);
  EXPECT_NE(failure("liantu odbc 1\n").find("cut off"), std::string::npos);
  EXPECT_NE(failure("liantu odbc 1\nxx").find("cut off"), std::string::npos);
}

}  // namespace
}  // namespace liantu
