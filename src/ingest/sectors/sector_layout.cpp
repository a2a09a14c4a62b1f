#include "ingest/sectors/sector_layout.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <span>

#include <fmt/format.h>

#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/ingest/cells/fields.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostAbove = 30;   // rows that may stand above the headings
constexpr std::size_t kMostBetween = 4;  // rows from the headings to the first sector
constexpr std::size_t kMostLabels = 8;   // columns before the first sector

struct TotalWord {
  std::string_view word;
  SectorTotal total;
};

// As read_heading() leaves them.
constexpr TotalWord kColumnWords[] = {{"tiu", SectorTotal::IntermediateUse},
                                      {"中间使用合计", SectorTotal::IntermediateUse},
                                      {"中间使用", SectorTotal::IntermediateUse},
                                      {"中间需求合计", SectorTotal::IntermediateUse},
                                      {"totalintermediateuse", SectorTotal::IntermediateUse},
                                      {"totalintermediateuses", SectorTotal::IntermediateUse},
                                      {"tfu", SectorTotal::FinalUse},
                                      {"最终使用合计", SectorTotal::FinalUse},
                                      {"最终使用", SectorTotal::FinalUse},
                                      {"最终需求合计", SectorTotal::FinalUse},
                                      {"totalfinaluse", SectorTotal::FinalUse},
                                      {"totalfinaluses", SectorTotal::FinalUse},
                                      {"ex", SectorTotal::Exports},
                                      {"出口", SectorTotal::Exports},
                                      {"exports", SectorTotal::Exports},
                                      {"export", SectorTotal::Exports},
                                      {"im", SectorTotal::Imports},
                                      {"进口", SectorTotal::Imports},
                                      {"imports", SectorTotal::Imports},
                                      {"import", SectorTotal::Imports},
                                      {"流入", SectorTotal::Inflow},
                                      {"省外流入", SectorTotal::Inflow},
                                      {"国内省外流入", SectorTotal::Inflow},
                                      {"调入", SectorTotal::Inflow},
                                      {"inflow", SectorTotal::Inflow},
                                      {"err", SectorTotal::Balance},
                                      {"其他", SectorTotal::Balance},
                                      {"误差", SectorTotal::Balance},
                                      {"统计误差", SectorTotal::Balance},
                                      {"statisticaldiscrepancy", SectorTotal::Balance},
                                      {"go", SectorTotal::GrossOutput},
                                      {"总产出", SectorTotal::GrossOutput},
                                      {"grossoutput", SectorTotal::GrossOutput},
                                      {"totaloutput", SectorTotal::GrossOutput}};

constexpr TotalWord kRowWords[] = {{"tii", SectorTotal::IntermediateInput},
                                   {"中间投入合计", SectorTotal::IntermediateInput},
                                   {"中间投入", SectorTotal::IntermediateInput},
                                   {"totalintermediateinput", SectorTotal::IntermediateInput},
                                   {"totalintermediateinputs", SectorTotal::IntermediateInput},
                                   {"tva", SectorTotal::ValueAdded},
                                   {"增加值合计", SectorTotal::ValueAdded},
                                   {"增加值", SectorTotal::ValueAdded},
                                   {"totalvalue-added", SectorTotal::ValueAdded},
                                   {"totalvalueadded", SectorTotal::ValueAdded},
                                   {"valueadded", SectorTotal::ValueAdded},
                                   {"ti", SectorTotal::TotalInput},
                                   {"总投入", SectorTotal::TotalInput},
                                   {"总投入合计", SectorTotal::TotalInput},
                                   {"totalinput", SectorTotal::TotalInput},
                                   {"totalinputs", SectorTotal::TotalInput},
                                   {"go", SectorTotal::TotalInput},
                                   {"总产出", SectorTotal::TotalInput},
                                   {"grossoutput", SectorTotal::TotalInput},
                                   {"totaloutput", SectorTotal::TotalInput}};

// Words that stand over a group as well as for its sum.
constexpr std::string_view kGroupWords[] = {"中间使用", "最终使用",   "中间投入",
                                            "增加值",   "valueadded", "intermediateinput",
                                            "中间需求", "最终需求",   "intermediateinputs"};
// A sum whose group is named elsewhere.
constexpr std::string_view kSumWords[] = {"合计", "小计", "total", "subtotal"};

template <typename Word>
bool among(std::span<const Word> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string heading_name(std::string_view words) { return read_heading(words).name; }

std::optional<SectorTotal> total_of(std::string_view name, std::span<const TotalWord> words) {
  for (const auto& [word, total] : words) {
    if (word == name) return total;
  }
  return std::nullopt;
}

// Codes of sums have no digit: TC, GCF.
bool may_be_code(std::string_view name) {
  constexpr std::size_t kLongest = 6;
  const bool ascii =
      std::ranges::all_of(name, [](char c) { return static_cast<signed char>(c) > 0; });
  return is_sector_code(name) || (ascii && name.size() <= kLongest);
}

// TIU, EX, GO …: never the name of a group.
bool is_total_code(std::string_view name) {
  constexpr std::size_t kLongest = 3;
  const bool ascii =
      std::ranges::all_of(name, [](char c) { return static_cast<signed char>(c) > 0; });
  return ascii && name.size() <= kLongest;
}

enum class GroupWords : std::uint8_t { Skipped, Counted };

// What a row or column is the sum of. Its names, the innermost first; `groups` are the same with
// the last one before it in place of a blank, as groups are named once for all that follow.
std::optional<SectorTotal> total_among(const std::vector<std::string>& names,
                                       const std::vector<std::string>& groups,
                                       std::span<const TotalWord> words, GroupWords how) {
  bool named = false;  // what stands further out than a name is its group, unless it is a code
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    if (name.empty() || (named && !is_total_code(name))) continue;
    if (!names_group(name) || how == GroupWords::Counted) {
      if (const auto total = total_of(name, words)) return total;
    }
    if (among<std::string_view>(kSumWords, name)) {
      // Of the nearest group only: 合计 below 最终消费支出 is not all of 最终使用 above it.
      std::size_t j = i + 1;
      while (j < groups.size() && (groups[j].empty() || may_be_code(groups[j]))) ++j;
      if (j < groups.size()) {
        if (const auto total = total_of(groups[j] + "合计", words)) return total;
        if (const auto total = total_of("total" + groups[j], words)) return total;
      }
    }
    named = named || !may_be_code(name);
  }
  return std::nullopt;
}

class Finder {
 public:
  explicit Finder(const SectorSheet& sheet) : sheet_(sheet) {
    above_ = std::min(sheet.size(), kMostAbove);
    for (std::size_t row = 0; row < above_; ++row) {
      auto& labels = headings_.emplace_back();
      for (std::size_t c = 0; c < sheet.width(); ++c) {
        labels.push_back(sector_label(sheet.text(row, c)));
      }
    }
  }

  std::optional<SectorLayout> find() {
    find_sectors();
    if (best_.count == 0) return std::nullopt;
    take_back_mismatches();
    find_columns();
    find_rows();
    const auto found = [](const auto& places) {
      return static_cast<std::size_t>(
          std::ranges::count_if(places, [](const auto& place) { return place.has_value(); }));
    };
    if (found(best_.columns) + found(best_.rows) < 2) return std::nullopt;
    const bool plain = best_.heading == 0 && best_.body == 1;
    if (!plain && !is_beyond_chance()) return std::nullopt;
    best_.paired = is_paired();
    return best_;
  }

 private:
  [[nodiscard]] std::string label(std::size_t row, std::size_t column) const {
    return row < above_ ? headings_[row][column] : sector_label(sheet_.text(row, column));
  }

  void find_sectors() {
    for (std::size_t h = 0; h < above_; ++h) {
      for (std::size_t first = 1; first < std::min(sheet_.width(), kMostLabels + 1); ++first) {
        for (std::size_t key = 0; key < first; ++key) find_sectors(h, key, first);
      }
    }
  }

  // The first rows that repeat the headings; rows of more headings may stand in between.
  void find_sectors(std::size_t h, std::size_t key, std::size_t first) {
    const std::size_t last = std::min(sheet_.size(), h + 1 + kMostBetween);
    for (std::size_t body = h + 1; body < last; ++body) {
      const std::size_t count = run(h, body, key, first);
      if (count > best_.count) best_ = {h, body, key, first, count, false, {}, {}};
      if (count > 0) return;
    }
  }

  [[nodiscard]] std::size_t run(std::size_t h, std::size_t body, std::size_t key,
                                std::size_t first) const {
    std::size_t count = 0;
    while (body + count < sheet_.size() && first + count < sheet_.width() &&
           !headings_[h][first + count].empty() &&
           !among<std::string_view>(kSumWords, headings_[h][first + count]) &&
           headings_[h][first + count] == label(body + count, key)) {
      ++count;
    }
    return count;
  }

  // A first sector whose row is called otherwise than its column is a fault to be named, not a
  // label.
  void take_back_mismatches() {
    while (best_.first > best_.key + 1 && best_.body > best_.heading + 1) {
      const std::size_t row = best_.body - 1;
      const std::size_t column = best_.first - 1;
      if (headings_[best_.heading][column].empty() || sheet_.text(row, best_.key).empty() ||
          !parse_number(sheet_.text(row, column)) || !parse_number(sheet_.text(row, column + 1))) {
        return;
      }
      --best_.body;
      --best_.first;
      ++best_.count;
    }
  }

  // Equal cells in a register are chance; a row of labels that are all different is not, where a
  // word of such tables stands beside it.
  [[nodiscard]] bool is_beyond_chance() const {
    const std::set<std::string> different = labels();
    const bool strong =
        best_.column(SectorTotal::IntermediateUse) || best_.column(SectorTotal::GrossOutput) ||
        best_.row(SectorTotal::IntermediateInput) || best_.row(SectorTotal::TotalInput);
    return different.size() >= 2 && strong;
  }

  [[nodiscard]] std::set<std::string> labels() const {
    const auto from = headings_[best_.heading].begin() + static_cast<std::ptrdiff_t>(best_.first);
    return {from, from + static_cast<std::ptrdiff_t>(best_.count)};
  }

  // Whether labels repeat, and a second heading with a second label beside them tells them apart.
  [[nodiscard]] bool is_paired() const {
    if (labels().size() * 2 > best_.count) return false;
    for (std::size_t h = 0; h < best_.body; ++h) {
      for (std::size_t c = 0; c < best_.first; ++c) {
        if (h == best_.heading || c == best_.key) continue;
        std::string across;
        std::string down;
        std::set<std::string> met;
        std::size_t i = 0;
        for (; i < best_.count; ++i) {
          if (!headings_[h][best_.first + i].empty()) across = headings_[h][best_.first + i];
          if (const std::string next = label(best_.body + i, c); !next.empty()) down = next;
          if (across.empty() || across != down) break;
          met.insert(across);
        }
        if (i == best_.count && met.size() > 1) return true;
      }
    }
    return false;
  }

  static void keep(auto& places, std::optional<SectorTotal> total, std::size_t place) {
    if (!total) return;
    auto& kept = places[static_cast<std::size_t>(*total)];
    if (!kept) kept = place;
  }

  void find_columns() {
    for (const GroupWords how : {GroupWords::Skipped, GroupWords::Counted}) {
      std::vector<std::string> groups(best_.body);
      for (std::size_t c = best_.first; c < sheet_.width(); ++c) {
        std::vector<std::string> names(best_.body);
        for (std::size_t up = 0; up < best_.body; ++up) {
          names[up] = heading_name(sheet_.text(best_.body - 1 - up, c));
          if (!names[up].empty()) groups[up] = names[up];
        }
        if (c < best_.first + best_.count) continue;
        keep(best_.columns, total_among(names, groups, kColumnWords, how), c);
      }
    }
  }

  void find_rows() {
    std::vector<std::size_t> columns;  // of labels, the innermost first
    for (std::size_t c = best_.first; c-- > 0;) {
      bool label = true;
      for (std::size_t h = 0; h < best_.body; ++h) {
        label = label && !names_origin(sheet_.text(h, c)) && !names_unit(sheet_.text(h, c));
      }
      if (label) columns.push_back(c);
    }
    for (const GroupWords how : {GroupWords::Skipped, GroupWords::Counted}) {
      std::vector<std::string> groups(columns.size());
      for (std::size_t r = best_.body; r < sheet_.size(); ++r) {
        std::vector<std::string> names(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
          names[i] = heading_name(sheet_.text(r, columns[i]));
          if (!names[i].empty()) groups[i] = names[i];
        }
        if (r < best_.body + best_.count) continue;
        if (how == GroupWords::Counted && is_bare(r)) continue;
        keep(best_.rows, total_among(names, groups, kRowWords, how), r);
      }
    }
  }

  // Whether a row has labels only: it heads the group below.
  [[nodiscard]] bool is_bare(std::size_t row) const {
    for (std::size_t c = best_.first; c < sheet_.width(); ++c) {
      if (!sheet_.text(row, c).empty()) return false;
    }
    return true;
  }

  const SectorSheet& sheet_;
  std::size_t above_ = 0;
  std::vector<std::vector<std::string>> headings_;  // labels of the first rows
  SectorLayout best_;
};

// Where the words after `单位:` start; npos where none are. An office that made a table is not a unit.
std::size_t end_of_unit_mark(std::string_view words) {
  for (const std::string_view mark : {"单位:", "Unit:", "unit:", "Units:", "units:"}) {
    const std::size_t at = words.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view before = words.substr(0, at);
    const bool office =
        std::ranges::any_of(std::initializer_list<std::string_view>{"编制", "填报", "制表", "报送",
                                                                    "主管", "发布", "编报"},
                            [&](std::string_view word) { return before.ends_with(word); });
    if (!office) return at + mark.size();
  }
  return std::string_view::npos;
}

// `万元` of `万元 (当年价)`; blanks and commas are part of English units.
std::string cut_unit(std::string_view words) {
  std::size_t end = 0;
  while (end < words.size()) {
    const char c = words[end];
    if (c == '(' || c == ')' || c == ';') break;
    const bool chinese = end > 0 && static_cast<signed char>(words[end - 1]) < 0;
    if ((c == ' ' || c == ',') && chinese) break;
    ++end;
  }
  return std::string(trim(words.substr(0, end)));
}

// Half-width, lower case, without blanks, separators of thousands and what only says that it is
// yuan.
std::string plain_unit(std::string_view words) {
  std::string text;
  for (const char c : normalize_width(words)) {
    if (c == ' ' || c == ',') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

}  // namespace

SectorSheet::SectorSheet(const Table& table)
    : table_(table), shift_(table.header_row() == HeaderRow::First ? 1 : 0) {}

std::string_view SectorSheet::text(std::size_t row, std::size_t column) const {
  if (row >= shift_) return trim(table_.cell(row - shift_, column).text);
  const std::string& name = table_.columns()[column];
  return name == fmt::format("#{}", column + 1) ? std::string_view() : std::string_view(name);
}

InputPlace SectorSheet::place(std::size_t row, std::size_t column) const {
  return row < shift_ ? table_.heading(column) : table_.place(row - shift_, column);
}

std::uint32_t SectorSheet::row_number(std::size_t row) const {
  return row < shift_ ? 1 : table_.row_number(row - shift_);
}

std::string sector_label(std::string_view words) {
  std::string name = heading_name(words);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (std::ranges::all_of(name, digit)) {
    name.erase(0, std::min(name.find_first_not_of('0'), name.empty() ? 0 : name.size() - 1));
  }
  return name;
}

bool is_sector_code(std::string_view words) {
  const auto alphanumeric = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return words.size() <= 8 && std::ranges::all_of(words, alphanumeric) &&
         std::ranges::any_of(words, digit);
}

bool names_origin(std::string_view heading) {
  const std::string name = heading_name(heading);
  return name == "origin" || name == "来源" || name == "产地";
}

bool names_unit(std::string_view heading) {
  const std::string name = heading_name(heading);
  return name == "unit" || name == "单位" || name == "计量单位";
}

bool names_group(std::string_view words) {
  return among<std::string_view>(kGroupWords, heading_name(words));
}

std::optional<SectorLayout> find_sector_layout(const SectorSheet& sheet) {
  return Finder(sheet).find();
}

std::vector<StatedUnit> stated_units(const SectorSheet& sheet, const SectorLayout& layout) {
  std::vector<StatedUnit> units;
  for (std::size_t row = 0; row < layout.body; ++row) {
    for (std::size_t c = 0; c < sheet.width(); ++c) {
      const std::string words = normalize_width(sheet.text(row, c));
      const std::size_t at = end_of_unit_mark(words);
      if (at == std::string::npos) continue;
      std::size_t column = c;
      std::string unit(trim(std::string_view(words).substr(at)));
      while (unit.empty() && ++column < sheet.width()) {
        unit = normalize_width(sheet.text(row, column));
      }
      unit = cut_unit(unit);
      if (!unit.empty()) units.push_back({unit, row, std::min(column, sheet.width() - 1)});
    }
  }
  return units;
}

std::optional<double> yuan_of(std::string_view unit) {
  struct Yuan {
    std::string_view unit;
    double yuan;
  };
  constexpr Yuan kYuan[] = {{"元", 1},
                            {"千元", 1e3},
                            {"万元", 1e4},
                            {"百万元", 1e6},
                            {"千万元", 1e7},
                            {"亿元", 1e8},
                            {"十亿元", 1e9},
                            {"cny", 1},
                            {"yuan", 1},
                            {"10000cny", 1e4},
                            {"10000yuan", 1e4},
                            {"cny10000", 1e4},
                            {"millioncny", 1e6},
                            {"millionyuan", 1e6},
                            {"cnymillion", 1e6},
                            {"100millionyuan", 1e8},
                            {"100millioncny", 1e8},
                            {"billionyuan", 1e9},
                            {"billioncny", 1e9}};
  std::string plain = plain_unit(unit);
  for (const std::string_view only : {"人民币", "rmb"}) {
    if (const std::size_t at = plain.find(only); at != std::string::npos) {
      plain.erase(at, only.size());
    }
  }
  for (const auto& [name, yuan] : kYuan) {
    if (name == plain) return yuan;
  }
  return std::nullopt;
}

bool is_money(std::string_view unit) {
  const std::string plain = plain_unit(unit);
  if (plain.ends_with("元")) return true;
  constexpr std::string_view kMoney[] = {"yuan", "cny",  "rmb", "usd",   "us$", "dollar", "eur",
                                         "yen",  "日元", "jpy", "pound", "gbp", "币",     "hkd"};
  return std::ranges::any_of(
      kMoney, [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

int stated_year(const SectorSheet& sheet, const SectorLayout& layout) {
  constexpr std::string_view kYear = "年";
  int year = 0;
  for (std::size_t row = 0; row < layout.body; ++row) {
    for (std::size_t c = 0; c < sheet.width(); ++c) {
      const std::string words = normalize_width(sheet.text(row, c));
      const std::size_t at = words.find(kYear);
      if (at == std::string::npos || at < 4) continue;
      const std::string_view digits = std::string_view(words).substr(at - 4, 4);
      const auto digit = [](char one) { return one >= '0' && one <= '9'; };
      if (!std::ranges::all_of(digits, digit) || digits < "1950" || digits > "2099") continue;
      const int said = static_cast<int>(*parse_number(digits));
      if (year != 0 && year != said) return 0;
      year = said;
    }
  }
  return year;
}

}  // namespace liantu
