// Names and codes of divisions of former years and addresses of a real register, against tables
// that are no part of the project. What it prints stands in docs/quality.md.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/regions/region_history.hpp"
#include "liantu/base/regions/region_reading.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

fs::path real_file(const char* folder, const char* file) {
  const char* root = std::getenv("LIANTU_REAL_DATA");
  return root == nullptr ? fs::path() : fs::path(root) / folder / file;
}

/// One row of the successor table.
struct Row {
  std::string code, province, city, name, level, state;
  int since = 0;
  int until = 9999;
  std::string heirs;
};

std::vector<Row> read_rows(const fs::path& file) {
  const Table table = read_table(file);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto cell = [&](std::size_t column) { return std::string(table.cell(i, column).text); };
    Row row{cell(0), cell(1), cell(2), cell(3), cell(4), cell(5), std::stoi(cell(6)),
            9999,    cell(8)};
    if (!cell(7).empty()) row.until = std::stoi(cell(7));
    rows.push_back(row);
  }
  return rows;
}

/// Follows the table row by row, apart from what scripts/region_table.py made of it.
class Successors {
 public:
  explicit Successors(std::vector<Row> rows) : rows_(std::move(rows)) {
    for (const Row& row : rows_) by_code_[row.code].push_back(&row);
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  /// Codes in force on which a row's area went over; none where the table names no successor.
  [[nodiscard]] std::vector<RegionCode> of(const Row& row) const {
    if (row.until == 9999) return {RegionCode(static_cast<std::uint32_t>(std::stoul(row.code)))};
    std::vector<RegionCode> all;
    if (row.heirs.empty() && row.state == "变更") add(row.code, row.until, all);
    for (std::size_t at = 0; at + 6 <= row.heirs.size();) {
      const std::string code = row.heirs.substr(at, 6);
      const std::size_t end = std::min(row.heirs.find(';', at), row.heirs.size());
      // `[2006]` is the year in which only a part left.
      if (end - at == 6) add(code, row.until, all);
      at = end + 1;
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

 private:
  void add(const std::string& code, int year, std::vector<RegionCode>& all) const {
    const auto found = by_code_.find(code);
    if (found == by_code_.end()) return;
    for (const Row* next : found->second) {
      if (next->since > year || next->until <= year) continue;
      const std::vector<RegionCode> heirs = of(*next);
      all.insert(all.end(), heirs.begin(), heirs.end());
    }
  }

  std::vector<Row> rows_;
  std::map<std::string, std::vector<const Row*>> by_code_;
};

std::string full_name(const Row& row) {
  if (row.level == "省级") return row.province;
  const bool direct = row.city.empty() || row.city == "直辖" || row.city == row.name;
  return row.province + (direct ? "" : row.city) + row.name;
}

/// How an answer stands to the successors of the table.
struct Tally {
  std::size_t all = 0, heir = 0, holder = 0, untold = 0, none = 0, other = 0;

  void count(RegionCode now, const std::vector<RegionCode>& heirs) {
    ++all;
    const auto held = [now](RegionCode one) { return now.contains(one); };
    if (!now.known()) {
      ++none;
    } else if (heirs.empty()) {
      ++untold;
    } else if (std::ranges::find(heirs, now) != heirs.end()) {
      ++heir;
    } else if (std::ranges::all_of(heirs, held)) {
      ++holder;
    } else {
      ++other;
    }
  }
  void print(int year, const char* what) const {
    std::printf(
        "%d %s: %zu; an heir %zu, what holds all heirs %zu, no successor told %zu, "
        "another %zu, nothing %zu\n",
        year, what, all, heir, holder, untold, other, none);
  }
};

TEST(RegionAccuracy, NamesAndCodesOfFormerYearsLeadToTheirSuccessors) {
  const fs::path file = real_file("divisions", "result.csv");
  if (file.empty() || !fs::exists(file)) {
    GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with divisions/result.csv";
  }
  const Successors table(read_rows(file));
  for (const int year : {1981, 1995, 2010, 2015, 2024}) {
    Tally names, dated, codes;
    for (const Row& row : table.rows()) {
      if (year < row.since || year >= row.until) continue;
      const std::vector<RegionCode> heirs = table.of(row);
      names.count(find_region(full_name(row)), heirs);
      dated.count(read_region(full_name(row), {}, year).region, heirs);
      codes.count(region_now(RegionCode(static_cast<std::uint32_t>(std::stoul(row.code))), year),
                  heirs);
    }
    names.print(year, "names, year not known");
    dated.print(year, "names, year known");
    codes.print(year, "codes");
    EXPECT_EQ(names.none + dated.none + codes.none, 0U) << year;
    EXPECT_LE(names.other, 5U) << year;
    EXPECT_LE(dated.other, 4U) << year;
    EXPECT_EQ(codes.other, 0U) << year;
  }
}

TEST(RegionAccuracy, AddressesOfARegisterAgreeWithTheirCodes) {
  const fs::path file = real_file("registry", "chongqing.csv");
  if (file.empty() || !fs::exists(file)) {
    GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with registry/chongqing.csv";
  }
  const Table table = read_table(file);
  const auto& headings = table.columns();
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(headings, name) - headings.begin());
  };
  std::mt19937 random(20241);
  std::size_t same = 0, wider = 0, city = 0, other = 0, none = 0;
  constexpr std::size_t kDrawn = 2000;
  for (std::size_t i = 0; i < kDrawn; ++i) {
    const std::size_t row = random() % table.size();
    const std::string address(table.cell(row, column("address")).text);
    const RegionCode code = region_now(credit_code_region(table.cell(row, column("uscc")).text));
    const RegionCode found = find_region(address);
    if (!found.known()) {
      ++none;
      std::printf("nothing\t%s\t%s\n", code.to_string().c_str(), address.c_str());
    } else if (found == code) {
      ++same;
    } else if (code.contains(found)) {
      ++city;
    } else {
      ++(found.contains(code) ? wider : other);
      std::printf("%s\t%s\t%s\n", code.to_string().c_str(), found.to_string().c_str(),
                  address.c_str());
    }
  }
  std::printf(
      "%zu addresses: as the code %zu, narrower than the code %zu, wider %zu, another %zu, "
      "nothing %zu\n",
      kDrawn, same, city, wider, other, none);
  EXPECT_GT(same + city, kDrawn * 96 / 100);
}

}  // namespace
}  // namespace liantu
