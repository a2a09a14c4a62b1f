#pragma once

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "report/formats/column.hpp"

namespace liantu::test {

/// Keys of the columns that a form shows.
template <typename Row>
std::multiset<std::string> keys(const std::vector<Column<Row>>& columns, Shown form) {
  std::multiset<std::string> result;
  for (const Column<Row>& column : columns) {
    if ((column.shown & form) != 0) result.insert(column.key);
  }
  return result;
}

/// That no form has two columns of one key, that every column of a sheet has a heading in both
/// languages and a cell, and that JSON has something to write for each of its own.
template <typename Row>
void expect_sound(const std::vector<Column<Row>>& columns) {
  for (const Shown form : {kBrief, kFull, kJson}) {
    const auto all = keys(columns, form);
    for (const std::string& key : all) EXPECT_EQ(all.count(key), 1U) << key << " in form " << form;
  }
  for (const Column<Row>& column : columns) {
    if ((column.shown & kSheets) != 0) {
      EXPECT_FALSE(column.heading.en.empty()) << column.key;
      EXPECT_FALSE(column.heading.zh.empty()) << column.key;
      EXPECT_TRUE(column.cell != nullptr) << column.key;
    }
    EXPECT_TRUE(column.cell != nullptr || column.member != nullptr) << column.key;
  }
}

}  // namespace liantu::test
