#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/ingest/scope/infer_industry.hpp"
#include "liantu/tables/read_table.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

struct Count {
  int firms = 0;
  int right = 0;

  friend bool operator==(const Count&, const Count&) = default;
};

// Scopes of the firms of a register by name, the first of a name.
std::map<std::string, std::string, std::less<>> scopes_of(const fs::path& file) {
  const Table table = read_table(file);
  const std::size_t name = table.column("name").value();
  const std::size_t scope = table.column("business_scope").value();
  std::map<std::string, std::string, std::less<>> scopes;
  for (std::size_t row = 0; row < table.size(); ++row) {
    scopes.try_emplace(std::string(table.cell(row, name).text), table.cell(row, scope).text);
  }
  return scopes;
}

// What docs/industries.md says of the firms of docs/judged-industries.csv, printed as it stands
// there: how many are rightly inferred, by draw and by confidence.
TEST(IndustryAccuracy, IsWhatTheDocumentSays) {
  const char* folder = std::getenv("LIANTU_REAL_DATA");
  if (folder == nullptr || !fs::exists(fs::path(folder) / "registry" / "chongqing.csv")) {
    GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with registry/";
  }
  const auto district = scopes_of(fs::path(folder) / "registry" / "dadukou.csv");
  const auto city = scopes_of(fs::path(folder) / "registry" / "chongqing.csv");
  const Table judged = read_table(fs::path(test::source_tree()) / "docs" / "judged-industries.csv");
  const IndustryClassifier classifier;
  std::map<std::string, Count> by_draw;
  std::map<double, Count> by_confidence;
  for (std::size_t row = 0; row < judged.size(); ++row) {
    const std::string_view name = judged.cell(row, 2).text;
    const auto& scopes = district.contains(name) ? district : city;
    ASSERT_TRUE(scopes.contains(name)) << name;
    const auto found = classifier.classify(name, scopes.find(name)->second);
    const bool right = found && judged.cell(row, 3).text.starts_with(found->code);
    Count& draw = by_draw[std::string(judged.cell(row, 0).text)];
    for (Count* count : {&draw, &by_confidence[found ? found->confidence : 0]}) {
      ++count->firms;
      if (right) ++count->right;
    }
  }
  for (const auto& [draw, count] : by_draw) {
    std::cout << fmt::format("{}: {} of {}\n", draw, count.right, count.firms);
  }
  for (const auto& [confidence, count] : by_confidence) {
    std::cout << fmt::format("{:.2f}: {} of {}\n", confidence, count.right, count.firms);
    if (count.firms < 30) continue;
    // The firms that taught the rules are better read than others.
    EXPECT_GT(count.right, (confidence - 0.1) * count.firms) << confidence;
  }
  const std::map<std::string, Count> stated = {{"1", {130, 110}}, {"2", {130, 109}},
                                               {"3", {60, 51}},   {"4", {159, 128}},
                                               {"5", {100, 79}},  {"6", {100, 71}}};
  EXPECT_EQ(by_draw, stated);
}

}  // namespace
}  // namespace liantu
