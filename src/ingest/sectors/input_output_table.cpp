#include "liantu/ingest/sectors/input_output_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/core/string_map.hpp"
#include "ingest/sectors/sector_layout.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/ingest/cells/fields.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostFaults = 10;  // of one kind; the rest is one more line

using Total = SectorTotal;

enum class Origin : std::uint8_t { Domestic, Imported, Both };

std::optional<Origin> parse_origin(std::string_view words) {
  struct Word {
    std::string_view word;
    Origin origin;
  };
  constexpr Word kWords[] = {{"domestic", Origin::Domestic},
                             {"国内", Origin::Domestic},
                             {"国产", Origin::Domestic},
                             {"d", Origin::Domestic},
                             {"imports", Origin::Imported},
                             {"import", Origin::Imported},
                             {"imported", Origin::Imported},
                             {"进口", Origin::Imported},
                             {"m", Origin::Imported},
                             {"tot", Origin::Both},
                             {"total", Origin::Both},
                             {"合计", Origin::Both},
                             {"", Origin::Both}};
  const std::string name = read_heading(words).name;
  for (const auto& [word, origin] : kWords) {
    if (word == name) return origin;
  }
  return std::nullopt;
}

bool has_chinese(std::string_view text) {
  return std::ranges::any_of(to_utf32(text), [](char32_t c) { return c >= 0x3400 && c < 0xA000; });
}

// `万元` of `总产出（万元）`; empty when the heading ends with no unit in brackets.
std::string unit_of(std::string_view heading) {
  const std::string words = normalize_width(heading);
  const std::size_t open = words.rfind('(');
  if (open == std::string::npos || read_heading("x" + words.substr(open)).name != "x") return {};
  return words.substr(open + 1, words.find(')', open) - open - 1);
}

// Without the line breaks and blanks that only fill a cell of a printed table.
std::string tidy(std::string_view words) {
  std::string text;
  bool blank = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == ' ' || words[at] == '\n' || words[at] == '\r' || words[at] == '\t') {
      blank = true;
      continue;
    }
    const auto ascii = [](char c) { return static_cast<signed char>(c) >= 0; };
    if (blank && !text.empty() && (ascii(text.back()) || ascii(words[at]))) text += ' ';
    blank = false;
    text += words[at];
  }
  return text;
}

// Words that a line below a table starts with, as read_heading() leaves them.
bool starts_footnote(std::string_view words) {
  constexpr std::string_view kStarts[] = {
      "注:",      "注释",  "附注",   "说明",    "备注",    "资料来源",
      "数据来源", "note:", "notes:", "source:", "sources:"};
  const std::string name = read_heading(words).name;
  return std::ranges::any_of(kStarts,
                             [&](std::string_view start) { return name.starts_with(start); });
}

class Reader {
 public:
  Reader(const SectorSheet& sheet, const SectorLayout& layout, const InputOutputOptions& options)
      : sheet_(sheet), at_(layout), options_(options) {}

  InputOutputTable read() {
    result_.heading = heading_place(0);
    if (at_.paired) refuse_pairs();
    if (failed()) return finish();
    find_labels();
    check_units();
    check_headings();
    find_rows();
    if (failed()) return finish();
    read_flows();
    read_outputs();
    if (failed()) return finish();
    check_totals();
    if (failed()) return finish();
    make_coefficients();
    return finish();
  }

 private:
  using Row = std::optional<std::size_t>;

  bool failed() const {
    return std::ranges::any_of(result_.problems, [](const Problem& problem) {
      return problem.severity == Severity::Error;
    });
  }

  InputOutputTable finish() {
    std::ranges::stable_sort(result_.problems, {}, [](const Problem& problem) {
      return std::pair(problem.place.row, problem.place.column);
    });
    return std::move(result_);
  }

  // Of many faults of one kind the first ones, and how many there are.
  void fault(InputPlace place, std::string_view kind, std::string_view field, std::string value,
             Text what, Text remedy, Severity severity = Severity::Error) {
    const std::size_t met = ++faults_[std::string(kind)];
    if (met > kMostFaults) {
      if (met > kMostFaults + 1) return;
      what = {fmt::format("there are more than {} faults of this kind; the others are not listed",
                          kMostFaults),
              fmt::format("同类问题超过 {} 处，其余不再列出", kMostFaults)};
    }
    result_.problems.push_back({severity, std::move(place), std::string(kind), std::string(field),
                                std::move(value), std::move(what), std::move(remedy)});
  }

  InputPlace place(std::size_t row, std::size_t column) const { return sheet_.place(row, column); }
  InputPlace heading_place(std::size_t column) const { return place(at_.heading, column); }

  // The heading that rows repeat, or what stands nearest to the sectors where it is blank.
  std::string heading(std::size_t column) const {
    std::string_view words = sheet_.text(at_.heading, column);
    for (std::size_t h = at_.body; h-- > 0 && words.empty();) words = sheet_.text(h, column);
    return words.empty() ? fmt::format("#{}", column + 1) : std::string(words);
  }

  std::string_view sector(std::size_t index) const {
    const InputOutputSector& one = result_.sectors[index];
    return one.name();
  }

  void refuse_pairs() {
    fault(heading_place(at_.first), "several-economies", heading(at_.first), "",
          {"two headings together name each column, such as country and sector: this is a table of "
           "several economies, and only tables of one are read",
           "每列由两个表头（如国家与部门）共同确定：这是多国或多地区投入产出表，目前只读取单一经济"
           "体的表"},
          {"keep the rows and columns of one economy under one heading of sectors, its imports as "
           "rows with Imports in a column Origin",
           "请只保留一个经济体的行与列，用一行部门表头；进口可另列为“来源”列写“进口”的行"});
  }

  void find_labels() {
    std::array<std::size_t, 3> most{};  // different words, by kind of label
    for (std::size_t c = 0; c < at_.first; ++c) {
      bool words_of_rows = true;
      for (std::size_t h = 0; h < at_.body; ++h) {
        const std::string_view words = sheet_.text(h, c);
        if (names_origin(words)) origin_ = c;
        if (names_unit(words)) unit_ = c;
        words_of_rows = words_of_rows && !names_origin(words) && !names_unit(words);
      }
      if (!words_of_rows) continue;
      StringMap<bool> different;
      std::size_t filled = 0;
      std::string_view first;
      for (std::size_t r = at_.body; r < at_.body + at_.count; ++r) {
        const std::string_view words = sheet_.text(r, c);
        if (words.empty()) continue;
        if (first.empty()) first = words;
        ++filled;
        different.try_emplace(std::string(words), true);
      }
      // What is said once for many rows is their group.
      const bool once = at_.count > 1 && filled * 2 <= at_.count;
      if (once || different.size() * 2 < at_.count || names_group(first)) continue;
      const std::size_t kind = is_sector_code(first) ? 0 : has_chinese(first) ? 1 : 2;
      std::optional<std::size_t>& label = kind == 0 ? code_ : kind == 1 ? zh_ : en_;
      if (label && c != at_.key && different.size() <= most[kind]) continue;
      label = c;
      most[kind] = c == at_.key ? at_.count + 1 : different.size();
    }
  }

  // One unit of money for all, wherever it is said.
  void check_units() {
    std::optional<std::pair<InputPlace, std::string>> unit;  // where it was said first, and which
    const auto say = [&](const InputPlace& where, std::string_view field, const std::string& mark) {
      if (!unit) {
        unit.emplace(where, mark);
        return;
      }
      if (unit->second == mark || (yuan_of(mark) && yuan_of(mark) == yuan_of(unit->second))) return;
      fault(
          where, "mixed-units", field, mark,
          {fmt::format("this is in {}, {} in {}", mark, unit->first.to_string(), unit->second),
           fmt::format("此处单位为 {}，而 {} 为 {}", mark, unit->first.to_string(), unit->second)},
          {"write the whole table in one unit", "请将全表换算成同一单位"});
    };
    for (const StatedUnit& one : stated_units(sheet_, at_)) {
      if (!is_money(one.words)) {
        fault(
            place(one.row, one.column), "unit", "", one.words,
            {fmt::format("the table is in {}, which is not money: coefficients are yuan of an "
                         "input for a yuan of output",
                         one.words),
             fmt::format("表的单位为 {}，不是货币：投入系数是每元产出所需的投入（元）", one.words)},
            {"use the table in values (万元, 亿元), not in quantities",
             "请改用价值型投入产出表（万元、亿元）"});
      }
      say(place(one.row, one.column), "", one.words);
    }
    for (std::size_t h = 0; h < at_.body; ++h) {
      for (std::size_t c = at_.first; c < sheet_.width(); ++c) {
        const std::string mark = unit_of(sheet_.text(h, c));
        if (!mark.empty()) say(place(h, c), sheet_.text(h, c), mark);
      }
    }
    for (std::size_t r = at_.body; unit_ && r < sheet_.size(); ++r) {
      const std::string words = normalize_width(sheet_.text(r, *unit_));
      if (!words.empty()) say(place(r, *unit_), sheet_.text(at_.heading, *unit_), words);
    }
    if (unit) result_.unit = yuan_of(unit->second);
  }

  // Nothing between the sectors and the totals that is neither.
  void check_headings() {
    std::size_t totals = sheet_.width();
    for (const auto& column : at_.columns) totals = std::min(totals, column.value_or(totals));
    for (std::size_t c = at_.first + at_.count; c < totals; ++c) {
      const std::string_view words = sheet_.text(at_.heading, c);
      if (words.empty()) continue;
      std::size_t other = at_.first;
      while (other < c && sector_label(sheet_.text(at_.heading, other)) != sector_label(words)) {
        ++other;
      }
      if (other < c) {
        refuse_second_column(c, other);
        continue;
      }
      bool labelled = false;
      for (std::size_t r = at_.body; r < sheet_.size() && !labelled; ++r) {
        labelled = sector_label(sheet_.text(r, at_.key)) == sector_label(words);
      }
      if (labelled) {
        fault(heading_place(c), "sector-order", words, std::string(words),
              {"this sector's column and its row stand at different positions",
               "该部门的列与行次序不一致"},
              {"list sectors in the same order in rows and columns, each once",
               "行与列请按同一次序列出各部门，每个一次"});
      } else if (at_.column(Total::IntermediateUse)) {
        fault(heading_place(c), "unknown-sector", words, std::string(words),
              {"the column names no sector that a row names", "该列不是任何一行所列的部门"},
              {"write it as in the row, or delete the column", "请与行的写法一致，或删除该列"});
      }
    }
  }

  void refuse_second_column(std::size_t column, std::size_t first) {
    const std::string where = heading_place(first).to_string();
    fault(heading_place(column), "duplicate-sector", heading(column), heading(column),
          {fmt::format("the sector already heads the column at {}", where),
           fmt::format("该部门已见于 {} 的列", where)},
          {"delete one of the columns and its row, or give them different names",
           "请删除其中一列及其行，或使名称有别"});
  }

  void find_rows() {
    StringMap<std::size_t> index;
    for (std::size_t j = 0; j < at_.count; ++j) {
      const auto [first, fresh] =
          index.emplace(sector_label(sheet_.text(at_.heading, at_.first + j)), j);
      if (fresh) continue;
      named_twice_.insert(first->second);
      named_twice_.insert(j);
      refuse_second_column(at_.first + j, at_.first + first->second);
    }
    domestic_.resize(at_.count);
    imported_.resize(at_.count);
    std::size_t totals = sheet_.size();
    for (const auto& row : at_.rows) totals = std::min(totals, row.value_or(totals));
    for (std::size_t r = at_.body; r < sheet_.size(); ++r) {
      const std::string_view words = sheet_.text(r, at_.key);
      const auto found = index.find(sector_label(words));
      if (found != index.end()) {
        keep_row(r, found->second);
      } else if (!is_beside_table(r) && r < totals) {
        fault(place(r, at_.key), "unknown-sector", heading(at_.key), std::string(words),
              {"the row names no sector that a column names", "该行不是任何一列所列的部门"},
              {"write it as in the header, or delete the row", "请与表头写法一致，或删除该行"});
      }
    }
    for (std::size_t j = 0; j < at_.count; ++j) {
      InputOutputSector one;
      const std::size_t r = domestic_[j].value_or(imported_[j].value_or(at_.body));
      const auto words = [&](const std::optional<std::size_t>& column) {
        return column ? tidy(sheet_.text(r, *column)) : std::string();
      };
      one.code = words(code_);
      one.zh = words(zh_);
      one.en = words(en_);
      one.row = sheet_.row_number(r);
      result_.sectors.push_back(std::move(one));
      if (!domestic_[j] && !named_twice_.contains(j)) {
        fault(heading_place(at_.first + j), "missing-sector", heading(at_.first + j), "",
              {"the sector has a column and no row of domestic flows", "该部门有列而无国内流量行"},
              {"add its row", "请补上该行"});
      }
    }
    check_names();
  }

  // Blank rows, rows that head a group, and footnotes, which are told.
  bool is_beside_table(std::size_t r) {
    if (std::ranges::find(at_.rows, std::optional(r)) != at_.rows.end()) return false;
    std::size_t filled = 0;
    std::size_t numbers = 0;
    std::size_t first = 0;
    for (std::size_t c = sheet_.width(); c-- > 0;) {
      const std::string_view words = sheet_.text(r, c);
      if (words.empty()) continue;
      ++filled;
      if (parse_number(words)) ++numbers;
      first = c;
    }
    if (filled == 0) return true;
    const std::string_view words = sheet_.text(r, first);
    if (numbers > 0 || (filled > 1 && !starts_footnote(words))) return false;
    if (names_group(words)) return true;
    fault(place(r, first), "footnote", "", std::string(words),
          {"this line is not a row of the table and is left out", "该行不是表中的数据行，未读取"},
          {"nothing to do, unless it should be one", "如本应是数据行，请补上数字；否则无需处理"},
          Severity::Note);
    return true;
  }

  void keep_row(std::size_t r, std::size_t sector) {
    Origin origin = Origin::Domestic;
    if (origin_) {
      const std::string_view words = sheet_.text(r, *origin_);
      const auto read = parse_origin(words);
      if (!read || *read == Origin::Both) {
        fault(place(r, *origin_), "origin", heading(*origin_), std::string(words),
              {"the origin of a sector's flows is neither domestic nor imported",
               "部门流量的来源既不是国内也不是进口"},
              {"write Domestic or Imports (国内, 进口)", "请填写 国内 或 进口"});
        return;
      }
      origin = *read;
    }
    Row& kept = (origin == Origin::Domestic ? domestic_ : imported_)[sector];
    if (kept && named_twice_.contains(sector)) return;  // told of its column
    if (kept) {
      fault(
          place(r, at_.key), "duplicate-sector", heading(at_.key),
          std::string(sheet_.text(r, at_.key)),
          {fmt::format("the sector already stands in row {}", sheet_.row_number(*kept)),
           fmt::format("该部门已见于第 {} 行", sheet_.row_number(*kept))},
          {"delete one of the rows, or give them different names", "请删除其中一行，或使名称有别"});
      return;
    }
    kept = r;
  }

  // Two codes with one name would be one segment.
  void check_names() {
    StringMap<std::size_t> met;
    for (std::size_t j = 0; j < result_.sectors.size(); ++j) {
      const std::string name = normalize_width(sector(j));
      const auto [first, fresh] = met.emplace(name, j);
      if (fresh || !domestic_[j]) continue;
      const std::size_t column = zh_.value_or(en_.value_or(at_.key));
      fault(place(*domestic_[j], column), "duplicate-sector", heading(column), name,
            {fmt::format("the sector of row {} has the same name",
                         result_.sectors[first->second].row),
             fmt::format("与第 {} 行的部门同名", result_.sectors[first->second].row)},
            {"give them different names", "请使名称有别"});
    }
  }

  double amount(std::size_t row, std::size_t column) {
    const std::string_view words = sheet_.text(row, column);
    if (words.empty() || words == "-" || words == "—" || words == "–" || words == "…" ||
        words == "...")
      return 0;
    if (const auto value = parse_number(words)) {
      whole_ = whole_ && *value == std::floor(*value);
      return *value;
    }
    fault(place(row, column), "number", heading(column), std::string(words),
          {"this is not a number", "不是数字"}, {"write a plain number", "请填写数字"});
    return 0;
  }

  void read_flows() {
    const auto read = [&](const std::vector<Row>& rows, std::vector<double>& flows) {
      flows.assign(at_.count * at_.count, 0);
      for (std::size_t i = 0; i < at_.count; ++i) {
        for (std::size_t j = 0; j < at_.count && rows[i]; ++j) {
          const double value = amount(*rows[i], at_.first + j);
          flows[i * at_.count + j] = value;
          if (value >= 0) continue;
          fault(place(*rows[i], at_.first + j), "negative-coefficient", heading(at_.first + j),
                fmt::format("{}", value),
                {fmt::format("{} takes a negative amount of {}: the coefficient would be negative",
                             sector(j), sector(i)),
                 fmt::format("{} 对 {} 的消耗为负，投入系数将为负", sector(j), sector(i))},
                {"mend the cell; book by-products as output of their own sector",
                 "请更正该格；副产品请记入其所属部门的产出"});
        }
      }
    };
    read(domestic_, domestic_flows_);
    split_ = std::ranges::any_of(imported_, [](const Row& row) { return row.has_value(); });
    if (split_) read(imported_, imported_flows_);
  }

  double flow(std::size_t input, std::size_t product) const {
    const std::size_t cell = input * at_.count + product;
    return domestic_flows_[cell] + (split_ ? imported_flows_[cell] : 0);
  }

  void read_outputs() {
    const auto column = at_.column(Total::GrossOutput);
    const auto row = at_.row(Total::TotalInput);
    if (!column && !row) {
      fault(heading_place(0), "no-gross-output", "", "",
            {"the table states no gross output: coefficients cannot be computed",
             "表中没有总产出，无法计算投入系数"},
            {"add a column 总产出 (GO) or a row 总投入 (TI)", "请补上“总产出”列或“总投入”行"});
      return;
    }
    for (std::size_t j = 0; j < at_.count; ++j) {
      InputOutputSector& one = result_.sectors[j];
      const auto value = [&](Total total) -> std::optional<double> {
        const auto c = at_.column(total);
        if (!c || !domestic_[j]) return std::nullopt;
        return amount(*domestic_[j], *c);
      };
      one.gross_output = column ? amount(*domestic_[j], *column) : amount(*row, at_.first + j);
      if (one.gross_output < 0) {
        fault(column ? place(*domestic_[j], *column) : place(*row, at_.first + j),
              "negative-output", column ? heading(*column) : "",
              fmt::format("{}", one.gross_output), {"gross output is negative", "总产出为负"},
              {"mend the cell", "请更正该格"});
      }
      one.exports = value(Total::Exports);
      one.final_use = value(Total::FinalUse);
      // Some offices write imports as they enter the balance, with a minus.
      if (const auto imports = value(Total::Imports)) one.imports = std::abs(*imports);
      if (split_ && imported_[j] && column) one.imports = amount(*imported_[j], *column);
      for (std::size_t i = 0; i < at_.count; ++i) {
        if (flow(i, j) <= 0 || std::isfinite(flow(i, j) / one.gross_output)) continue;
        fault(column ? place(*domestic_[j], *column) : place(*row, at_.first + j), "no-output",
              column ? heading(*column) : "", "0",
              {fmt::format("{} has inputs and no output", sector(j)),
               fmt::format("{} 有投入而总产出为零", sector(j))},
              {"mend its gross output, or empty its column", "请更正其总产出，或清空其列"});
        break;
      }
    }
  }

  // What a factor of ten between a sum and its total means.
  static Text unit_hint(double sum, double stated) {
    if (sum <= 0 || stated <= 0) return {};
    const double power = std::log10(stated / sum);
    const double nearest = std::round(power);
    if (nearest == 0 || std::abs(power - nearest) > 0.005) return {};
    return {fmt::format("; the total looks like another unit, {:g} times as large",
                        std::pow(10, nearest)),
            fmt::format("；合计似为另一单位，相差 {:g} 倍", std::pow(10, nearest))};
  }

  void check_sum(double sum, double stated, std::size_t addends, const InputPlace& where,
                 std::string_view field, std::string_view of, const Text& which) {
    const double larger = std::max(std::abs(sum), std::abs(stated));
    const double slack =
        options_.tolerance * larger + (whole_ ? 0.5 * static_cast<double>(addends) : 0.0) + 1e-9;
    if (std::abs(sum - stated) <= slack) return;
    const Text hint = unit_hint(sum, stated);
    fault(where, hint.en.empty() ? "totals" : "mixed-units", field, fmt::format("{:.10g}", stated),
          {fmt::format(
               "{} of {} come to {:.10g}, {:.10g} is stated; {:.2f}% apart, {:g}% is tolerated{}",
               which.en, of, sum, stated, 100 * std::abs(sum - stated) / larger,
               100 * options_.tolerance, hint.en),
           fmt::format("{} 的{}为 {:.10g}，表中为 {:.10g}；相差 {:.2f}%，容许 {:g}%{}", of,
                       which.zh, sum, stated, 100 * std::abs(sum - stated) / larger,
                       100 * options_.tolerance, hint.zh)},
          {"mend the number that is wrong; all numbers must be in one unit",
           "请更正有误的数字；全表须为同一单位"});
  }

  void check_totals() {
    const std::size_t n = at_.count;
    const auto check_row = [&](std::size_t r, std::size_t i, const std::vector<double>& flows,
                               bool imported) {
      double sum = 0;
      for (std::size_t j = 0; j < n; ++j) sum += flows[i * n + j];
      double used = sum;
      if (const auto c = at_.column(Total::IntermediateUse)) {
        used = amount(r, *c);
        check_sum(sum, used, n, place(r, *c), heading(*c), sector(i),
                  {"the intermediate uses", "中间使用"});
      }
      const auto final_use = at_.column(Total::FinalUse);
      const auto output = at_.column(Total::GrossOutput);
      if (!final_use || !output) return;
      double made = used + amount(r, *final_use);
      for (const Total less : {Total::Imports, Total::Inflow}) {
        if (const auto c = at_.column(less); c && !imported) {
          made -= std::abs(amount(r, *c));
        }
      }
      if (const auto c = at_.column(Total::Balance)) made += amount(r, *c);
      check_sum(made, amount(r, *output), 4, place(r, *output), heading(*output), sector(i),
                {"the uses, less imports,", "各项使用减进口"});
    };
    for (std::size_t i = 0; i < n; ++i) {
      check_row(*domestic_[i], i, domestic_flows_, false);
      if (split_ && imported_[i]) check_row(*imported_[i], i, imported_flows_, true);
    }
    for (std::size_t j = 0; j < n; ++j) check_column(j);
  }

  void check_column(std::size_t j) {
    const std::size_t c = at_.first + j;
    double sum = 0;
    for (std::size_t i = 0; i < at_.count; ++i) sum += flow(i, j);
    const auto intermediate = at_.row(Total::IntermediateInput);
    const auto added = at_.row(Total::ValueAdded);
    const auto total = at_.row(Total::TotalInput);
    if (intermediate) {
      check_sum(sum, amount(*intermediate, c), at_.count, place(*intermediate, c), heading(c),
                sector(j), {"the intermediate inputs", "中间投入"});
      sum = amount(*intermediate, c);
    }
    if (!total) return;
    const double stated = amount(*total, c);
    if (added) {
      check_sum(sum + amount(*added, c), stated, 2, place(*total, c), heading(c), sector(j),
                {"the inputs", "各项投入"});
    }
    if (at_.column(Total::GrossOutput)) {
      check_sum(result_.sectors[j].gross_output, stated, 1, place(*total, c), heading(c), sector(j),
                {"the outputs", "总产出"});
    }
  }

  void make_coefficients() {
    std::vector<std::array<std::string, 2>> names;
    for (const InputOutputSector& one : result_.sectors) names.push_back({one.zh, one.en});
    result_.scheme = recognize_scheme(names);
    result_.year = stated_year(sheet_, at_);
    const bool stated = split_;
    const bool columns = at_.column(Total::Imports) && at_.column(Total::Exports);
    result_.imports = stated    ? ImportTreatment::Stated
                      : columns ? ImportTreatment::Proportional
                                : ImportTreatment::Unknown;
    for (std::size_t j = 0; j < at_.count; ++j) {
      for (std::size_t i = 0; i < at_.count; ++i) {
        const double value = flow(i, j);
        if (value <= 0) continue;
        InputCoefficient one;
        one.product = static_cast<std::uint32_t>(j);
        one.input = static_cast<std::uint32_t>(i);
        one.value = value / result_.sectors[j].gross_output;
        one.import_share = stated ? imported_flows_[i * at_.count + j] / value : proportional(i);
        result_.coefficients.push_back(one);
      }
    }
    say_how_imports_are_taken();
  }

  // The share of an input that is imported, the same for every user.
  std::optional<double> proportional(std::size_t input) const {
    const InputOutputSector& one = result_.sectors[input];
    if (result_.imports != ImportTreatment::Proportional) return std::nullopt;
    const double used = one.gross_output - *one.exports + *one.imports;
    if (used <= 0) return std::nullopt;
    return std::clamp(*one.imports / used, 0.0, 1.0);
  }

  void say_how_imports_are_taken() {
    Problem note{.severity = Severity::Note, .place = heading_place(0), .kind = "imports"};
    switch (result_.imports) {
      case ImportTreatment::Stated:
        return;
      case ImportTreatment::Proportional:
        note.what = {
            "the table has no block of imports, so every user is taken to import the same share of "
            "an input, imports / (gross output − exports + imports); these shares are estimates",
            "表中没有进口流量，按各使用部门进口比例相同（进口 ÷（总产出 − 出口 + 进口））处理，"
            "进口份额为估算"};
        note.remedy = {
            "nothing to do; a table that lists imported flows apart (a column Origin) states these "
            "shares",
            "无需处理；如有分列国内与进口流量的表（含“来源”列），改用该表可得到实际份额"};
        break;
      case ImportTreatment::Unknown:
        note.what = {
            "the table has no block of imports and not both columns of imports and exports; import "
            "shares stay unknown",
            "表中没有进口流量，也没有齐全的出口列和进口列，进口份额未知"};
        note.remedy = {
            "nothing to do if imports do not matter; else add the columns of imports and exports, "
            "or use a table that lists imported flows apart (a column Origin)",
            "如不关心进口则无需处理；否则请补上出口列和进口列，或改用分列国内与进口流量的表（含“来"
            "源”"
            "列）"};
        break;
    }
    result_.problems.push_back(std::move(note));
  }

  const SectorSheet& sheet_;
  SectorLayout at_;
  InputOutputOptions options_;
  InputOutputTable result_;
  std::optional<std::size_t> code_, zh_, en_, origin_, unit_;
  std::vector<Row> domestic_, imported_;                 // by sector
  std::vector<double> domestic_flows_, imported_flows_;  // input × product
  std::set<std::size_t> named_twice_;                    // sectors that share their heading
  bool split_ = false;                                   // whether there are rows of imports
  bool whole_ = true;                                    // whether all numbers so far are whole
  StringMap<std::size_t> faults_;                        // by kind
};

}  // namespace

const std::string& InputOutputSector::name() const {
  return !zh.empty() ? zh : !en.empty() ? en : code;
}

bool InputOutputTable::usable() const {
  return std::ranges::none_of(
      problems, [](const Problem& problem) { return problem.severity == Severity::Error; });
}

bool is_input_output_table(const Table& table) {
  return find_sector_layout(SectorSheet(table)).has_value();
}

InputOutputTable read_input_output_table(const Table& table, const InputOutputOptions& options) {
  if (!(options.tolerance >= 0 && options.tolerance < 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("tolerance {} is outside [0, 1)", options.tolerance),
                 fmt::format("容许误差 {} 不在 [0, 1) 内", options.tolerance)});
  }
  const SectorSheet sheet(table);
  const auto layout = find_sector_layout(sheet);
  if (!layout) {
    InputOutputTable none;
    none.problems.push_back(
        {Severity::Error,
         table.header(),
         "no-input-output-table",
         "",
         "",
         {"this is not an input-output table: the headings repeat no column of sectors, or no "
          "totals "
          "stand beside them",
          "不是投入产出表：列名与任何一列部门都不对应，或没有合计"},
         {"head the columns with the codes or names of the rows, and add 中间使用合计 (TIU), "
          "总产出 "
          "(GO)",
          "请用行的代码或名称作列名，并加上“中间使用合计”“总产出”"}});
    return none;
  }
  return Reader(sheet, *layout, options).read();
}

}  // namespace liantu
