#include "liantu/ingest/input_output_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/string_map.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/number.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/ingest/fields.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostFaults = 10;  // of one kind; the rest is one more line

enum class Total : std::uint8_t {
  IntermediateUse,
  FinalUse,
  Exports,
  Imports,
  Inflow,
  Balance,
  GrossOutput,
  IntermediateInput,
  ValueAdded,
  TotalInput,
};
constexpr std::size_t kTotals = 10;

struct TotalWord {
  std::string_view word;
  Total total;
};

// As read_heading() leaves them.
constexpr TotalWord kColumnWords[] = {{"tiu", Total::IntermediateUse},
                                      {"中间使用合计", Total::IntermediateUse},
                                      {"中间使用", Total::IntermediateUse},
                                      {"中间需求合计", Total::IntermediateUse},
                                      {"totalintermediateuse", Total::IntermediateUse},
                                      {"totalintermediateuses", Total::IntermediateUse},
                                      {"tfu", Total::FinalUse},
                                      {"最终使用合计", Total::FinalUse},
                                      {"最终使用", Total::FinalUse},
                                      {"最终需求合计", Total::FinalUse},
                                      {"totalfinaluse", Total::FinalUse},
                                      {"totalfinaluses", Total::FinalUse},
                                      {"ex", Total::Exports},
                                      {"出口", Total::Exports},
                                      {"exports", Total::Exports},
                                      {"export", Total::Exports},
                                      {"im", Total::Imports},
                                      {"进口", Total::Imports},
                                      {"imports", Total::Imports},
                                      {"import", Total::Imports},
                                      {"流入", Total::Inflow},
                                      {"省外流入", Total::Inflow},
                                      {"国内省外流入", Total::Inflow},
                                      {"调入", Total::Inflow},
                                      {"inflow", Total::Inflow},
                                      {"err", Total::Balance},
                                      {"其他", Total::Balance},
                                      {"误差", Total::Balance},
                                      {"统计误差", Total::Balance},
                                      {"statisticaldiscrepancy", Total::Balance},
                                      {"go", Total::GrossOutput},
                                      {"总产出", Total::GrossOutput},
                                      {"grossoutput", Total::GrossOutput},
                                      {"totaloutput", Total::GrossOutput}};

constexpr TotalWord kRowWords[] = {{"tii", Total::IntermediateInput},
                                   {"中间投入合计", Total::IntermediateInput},
                                   {"中间投入", Total::IntermediateInput},
                                   {"totalintermediateinput", Total::IntermediateInput},
                                   {"totalintermediateinputs", Total::IntermediateInput},
                                   {"tva", Total::ValueAdded},
                                   {"增加值合计", Total::ValueAdded},
                                   {"增加值", Total::ValueAdded},
                                   {"totalvalue-added", Total::ValueAdded},
                                   {"totalvalueadded", Total::ValueAdded},
                                   {"valueadded", Total::ValueAdded},
                                   {"ti", Total::TotalInput},
                                   {"总投入", Total::TotalInput},
                                   {"总投入合计", Total::TotalInput},
                                   {"totalinput", Total::TotalInput},
                                   {"totalinputs", Total::TotalInput},
                                   {"go", Total::TotalInput},
                                   {"总产出", Total::TotalInput},
                                   {"grossoutput", Total::TotalInput},
                                   {"totaloutput", Total::TotalInput}};

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

bool is_code(std::string_view text) {
  const auto alphanumeric = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() <= 8 && std::ranges::all_of(text, alphanumeric) &&
         std::ranges::any_of(text, digit);
}

// `万元` of `总产出（万元）`; empty when the heading ends with no unit in brackets.
std::string unit_of(std::string_view heading) {
  const std::string words = normalize_width(heading);
  const std::size_t open = words.rfind('(');
  if (open == std::string::npos || read_heading("x" + words.substr(open)).name != "x") return {};
  return words.substr(open + 1, words.find(')', open) - open - 1);
}

template <std::size_t N>
std::optional<Total> find_total(std::string_view words, const TotalWord (&list)[N]) {
  const std::string name = read_heading(words).name;
  for (const auto& [word, total] : list) {
    if (word == name) return total;
  }
  return std::nullopt;
}

// Where the sectors stand.
struct Layout {
  std::size_t key = 0;    // column of the labels that the headings repeat
  std::size_t first = 0;  // column of the first sector
  std::size_t count = 0;  // sectors
  std::array<std::optional<std::size_t>, kTotals> columns;  // of totals
  std::array<std::optional<std::size_t>, kTotals> rows;

  [[nodiscard]] std::optional<std::size_t> column(Total total) const {
    return columns[static_cast<std::size_t>(total)];
  }
  [[nodiscard]] std::optional<std::size_t> row(Total total) const {
    return rows[static_cast<std::size_t>(total)];
  }
};

std::optional<Layout> find_layout(const Table& table) {
  constexpr std::size_t kMostLabels = 8;
  const std::vector<std::string>& headings = table.columns();
  const auto heading = [&](std::size_t column) { return read_heading(headings[column]).name; };
  Layout layout;
  for (std::size_t first = 1; first < std::min(headings.size(), kMostLabels + 1); ++first) {
    for (std::size_t key = 0; key < first; ++key) {
      std::size_t count = 0;
      while (count < table.size() && first + count < headings.size() &&
             heading(first + count) == read_heading(table.cell(count, key).text).name) {
        ++count;
      }
      if (count > layout.count) layout = {key, first, count, {}, {}};
    }
  }
  if (layout.count == 0) return std::nullopt;
  std::size_t totals = 0;
  const auto keep = [&](auto& places, std::optional<Total> total, std::size_t place) {
    if (!total) return;
    auto& kept = places[static_cast<std::size_t>(*total)];
    if (kept) return;
    kept = place;
    ++totals;
  };
  for (std::size_t c = layout.first + layout.count; c < headings.size(); ++c) {
    keep(layout.columns, find_total(headings[c], kColumnWords), c);
  }
  for (std::size_t r = layout.count; r < table.size(); ++r) {
    for (std::size_t c = 0; c < layout.first; ++c) {
      keep(layout.rows, find_total(table.cell(r, c).text, kRowWords), r);
    }
  }
  if (totals < 2) return std::nullopt;
  return layout;
}

class Reader {
 public:
  Reader(const Table& table, const Layout& layout, const InputOutputOptions& options)
      : table_(table), at_(layout), options_(options) {}

  InputOutputTable read() {
    find_labels();
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

  struct Amount {
    double value = 0;
    Cell cell;
  };

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
  void fault(Place place, std::string_view kind, std::string_view field, std::string value,
             Text what, Text remedy, Severity severity = Severity::Error) {
    const std::size_t met = ++faults_[std::string(kind)];
    if (met > kMostFaults) {
      if (met > kMostFaults + 1) return;
      what = {
          fmt::format("more faults of this kind than {} follow; they are not listed", kMostFaults),
          fmt::format("同类问题超过 {} 处，其余不再列出", kMostFaults)};
    }
    result_.problems.push_back({severity, std::move(place), std::string(kind), std::string(field),
                                std::move(value), std::move(what), std::move(remedy)});
  }

  Place place(std::size_t row, std::size_t column) const { return table_.place(row, column); }

  std::string_view sector(std::size_t index) const {
    const InputOutputSector& one = result_.sectors[index];
    return one.name();
  }

  void find_labels() {
    for (std::size_t c = 0; c < at_.first; ++c) {
      const std::string name = read_heading(table_.columns()[c]).name;
      if (name == "origin" || name == "来源" || name == "产地") {
        origin_ = c;
        continue;
      }
      if (name == "unit" || name == "单位" || name == "计量单位") {
        unit_ = c;
        continue;
      }
      const std::string_view words = trim(table_.cell(0, c).text);
      auto& label = is_code(words) ? code_ : has_chinese(words) ? zh_ : en_;
      if (!label && !words.empty()) label = c;
    }
  }

  // One unit for all, and nothing between the sectors and the totals that is neither.
  void check_headings() {
    const std::vector<std::string>& headings = table_.columns();
    std::optional<std::pair<std::size_t, std::string>> unit;
    for (std::size_t c = at_.first; c < headings.size(); ++c) {
      std::string mark = unit_of(headings[c]);
      if (mark.empty()) continue;
      if (unit && unit->second != mark) {
        fault(table_.heading(c), "mixed-units", headings[c], mark,
              {fmt::format("this column is in {}, the column \"{}\" in {}", mark,
                           headings[unit->first], unit->second),
               fmt::format("此列单位为 {}，而“{}”列为 {}", mark, headings[unit->first],
                           unit->second)},
              {"write all columns in one unit", "请将各列换算成同一单位"});
      }
      if (!unit) unit.emplace(c, std::move(mark));
    }
    if (unit_) check_units();
    for (std::size_t c = at_.first + at_.count; c < headings.size(); ++c) {
      if (find_total(headings[c], kColumnWords)) break;
      bool labelled = false;
      for (std::size_t r = 0; r < table_.size() && !labelled; ++r) {
        labelled =
            read_heading(table_.cell(r, at_.key).text).name == read_heading(headings[c]).name;
      }
      if (labelled) {
        fault(
            table_.heading(c), "sector-order", headings[c], headings[c],
            {"this sector's column does not stand where its row does", "该部门的列与行次序不一致"},
            {"list sectors in the same order in rows and columns, each once",
             "行与列请按同一次序列出各部门，每个一次"});
      } else if (at_.column(Total::IntermediateUse)) {
        fault(table_.heading(c), "unknown-sector", headings[c], headings[c],
              {"the column names no sector that a row names", "该列不是任何一行所列的部门"},
              {"write it as in the row, or delete the column", "请与行的写法一致，或删除该列"});
      }
    }
  }

  void check_units() {
    std::optional<std::size_t> first;
    for (std::size_t r = 0; r < table_.size(); ++r) {
      const std::string_view words = trim(table_.cell(r, *unit_).text);
      if (words.empty()) continue;
      if (first && words != trim(table_.cell(*first, *unit_).text)) {
        const std::string_view other = trim(table_.cell(*first, *unit_).text);
        fault(place(r, *unit_), "mixed-units", table_.columns()[*unit_], std::string(words),
              {fmt::format("this row is in {}, row {} in {}", words, table_.row_number(*first),
                           other),
               fmt::format("此行单位为 {}，而第 {} 行为 {}", words, table_.row_number(*first),
                           other)},
              {"write all rows in one unit", "请将各行换算成同一单位"});
      }
      if (!first) first = r;
    }
  }

  void find_rows() {
    StringMap<std::size_t> index;
    for (std::size_t j = 0; j < at_.count; ++j) {
      index.emplace(read_heading(table_.columns()[at_.first + j]).name, j);
    }
    domestic_.resize(at_.count);
    imported_.resize(at_.count);
    bool totals = false;
    for (std::size_t r = 0; r < table_.size(); ++r) {
      const std::string_view words = trim(table_.cell(r, at_.key).text);
      const auto found = index.find(read_heading(words).name);
      for (std::size_t c = 0; c < at_.first && found == index.end(); ++c) {
        totals = totals || find_total(table_.cell(r, c).text, kRowWords).has_value();
      }
      if (found != index.end()) {
        keep_row(r, found->second);
      } else if (!totals) {
        fault(place(r, at_.key), "unknown-sector", table_.columns()[at_.key], std::string(words),
              {"the row names no sector that a column names", "该行不是任何一列所列的部门"},
              {"write it as in the header, or delete the row", "请与表头写法一致，或删除该行"});
      }
    }
    for (std::size_t j = 0; j < at_.count; ++j) {
      InputOutputSector one;
      const std::size_t r = domestic_[j].value_or(imported_[j].value_or(0));
      const auto words = [&](const std::optional<std::size_t>& column) {
        return column ? std::string(trim(table_.cell(r, *column).text)) : std::string();
      };
      one.code = words(code_);
      one.zh = words(zh_);
      one.en = words(en_);
      one.row = table_.row_number(r);
      result_.sectors.push_back(std::move(one));
      if (!domestic_[j]) {
        fault(table_.heading(at_.first + j), "missing-sector", table_.columns()[at_.first + j], "",
              {"the sector has a column and no row of domestic flows", "该部门有列而无国内流量行"},
              {"add its row", "请补上该行"});
      }
    }
    check_names();
  }

  void keep_row(std::size_t r, std::size_t sector) {
    Origin origin = Origin::Domestic;
    if (origin_) {
      const std::string_view words = trim(table_.cell(r, *origin_).text);
      const auto read = parse_origin(words);
      if (!read || *read == Origin::Both) {
        fault(place(r, *origin_), "origin", table_.columns()[*origin_], std::string(words),
              {"the origin of a sector's flows is neither domestic nor imported",
               "部门流量的来源既不是国内也不是进口"},
              {"write Domestic or Imports (国内, 进口)", "请填写 国内 或 进口"});
        return;
      }
      origin = *read;
    }
    Row& kept = (origin == Origin::Domestic ? domestic_ : imported_)[sector];
    if (kept) {
      fault(place(r, at_.key), "duplicate-sector", table_.columns()[at_.key],
            std::string(trim(table_.cell(r, at_.key).text)),
            {fmt::format("the sector already stands in row {}", table_.row_number(*kept)),
             fmt::format("该部门已见于第 {} 行", table_.row_number(*kept))},
            {"delete one of the rows, or name them apart", "请删除其中一行，或使名称有别"});
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
      fault(place(*domestic_[j], column), "duplicate-sector", table_.columns()[column], name,
            {fmt::format("the sector of row {} has the same name",
                         result_.sectors[first->second].row),
             fmt::format("与第 {} 行的部门同名", result_.sectors[first->second].row)},
            {"name them apart", "请使名称有别"});
    }
  }

  Amount amount(std::size_t row, std::size_t column) {
    const Cell cell = table_.cell(row, column);
    const std::string_view words = trim(cell.text);
    if (words.empty() || words == "-" || words == "—" || words == "–") return {0, cell};
    if (const auto value = parse_number(words)) {
      whole_ = whole_ && *value == std::floor(*value);
      return {*value, cell};
    }
    fault(place(row, column), "number", table_.columns()[column], std::string(words),
          {"this is no number", "不是数字"}, {"write a plain number", "请填写数字"});
    return {0, cell};
  }

  void read_flows() {
    const auto read = [&](const std::vector<Row>& rows, std::vector<double>& flows) {
      flows.assign(at_.count * at_.count, 0);
      for (std::size_t i = 0; i < at_.count; ++i) {
        for (std::size_t j = 0; j < at_.count && rows[i]; ++j) {
          const double value = amount(*rows[i], at_.first + j).value;
          flows[i * at_.count + j] = value;
          if (value >= 0) continue;
          fault(place(*rows[i], at_.first + j), "negative-coefficient",
                table_.columns()[at_.first + j], fmt::format("{}", value),
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
      fault(table_.header(), "no-gross-output", "", "",
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
        return amount(*domestic_[j], *c).value;
      };
      one.gross_output =
          column ? amount(*domestic_[j], *column).value : amount(*row, at_.first + j).value;
      if (one.gross_output < 0) {
        fault(column ? place(*domestic_[j], *column) : place(*row, at_.first + j),
              "negative-output", column ? table_.columns()[*column] : "",
              fmt::format("{}", one.gross_output), {"gross output is negative", "总产出为负"},
              {"mend the cell", "请更正该格"});
      }
      one.exports = value(Total::Exports);
      one.final_use = value(Total::FinalUse);
      // Some offices write imports as they enter the balance, with a minus.
      if (const auto imports = value(Total::Imports)) one.imports = std::abs(*imports);
      if (split_ && imported_[j] && column) one.imports = amount(*imported_[j], *column).value;
      for (std::size_t i = 0; i < at_.count; ++i) {
        if (flow(i, j) <= 0 || std::isfinite(flow(i, j) / one.gross_output)) continue;
        fault(column ? place(*domestic_[j], *column) : place(*row, at_.first + j), "no-output",
              column ? table_.columns()[*column] : "", "0",
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

  void check_sum(double sum, double stated, std::size_t addends, const Place& where,
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
        used = amount(r, *c).value;
        check_sum(sum, used, n, place(r, *c), table_.columns()[*c], sector(i),
                  {"the intermediate uses", "中间使用"});
      }
      const auto final_use = at_.column(Total::FinalUse);
      const auto output = at_.column(Total::GrossOutput);
      if (!final_use || !output) return;
      double made = used + amount(r, *final_use).value;
      for (const Total less : {Total::Imports, Total::Inflow}) {
        if (const auto c = at_.column(less); c && !imported) {
          made -= std::abs(amount(r, *c).value);
        }
      }
      if (const auto c = at_.column(Total::Balance)) made += amount(r, *c).value;
      check_sum(made, amount(r, *output).value, 4, place(r, *output), table_.columns()[*output],
                sector(i), {"the uses, less imports,", "各项使用减进口"});
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
      check_sum(sum, amount(*intermediate, c).value, at_.count, place(*intermediate, c),
                table_.columns()[c], sector(j), {"the intermediate inputs", "中间投入"});
      sum = amount(*intermediate, c).value;
    }
    if (!total) return;
    const double stated = amount(*total, c).value;
    if (added) {
      check_sum(sum + amount(*added, c).value, stated, 2, place(*total, c), table_.columns()[c],
                sector(j), {"the inputs", "各项投入"});
    }
    if (at_.column(Total::GrossOutput)) {
      check_sum(result_.sectors[j].gross_output, stated, 1, place(*total, c), table_.columns()[c],
                sector(j), {"the outputs", "总产出"});
    }
  }

  void make_coefficients() {
    std::vector<std::array<std::string, 2>> names;
    for (const InputOutputSector& one : result_.sectors) names.push_back({one.zh, one.en});
    result_.scheme = recognize_scheme(names);
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
    Problem note{.severity = Severity::Note, .place = table_.header(), .kind = "imports"};
    switch (result_.imports) {
      case ImportTreatment::Stated:
        return;
      case ImportTreatment::Proportional:
        note.what = {
            "the table does not tell imported inputs from domestic ones; every user is taken to "
            "import the same share of an input, and these shares are estimates",
            "表中未区分进口与国内投入；按各使用部门进口比例相同处理，进口份额为估算"};
        break;
      case ImportTreatment::Unknown:
        note.what = {"the table says nothing of imports; import shares stay unknown",
                     "表中没有进口，进口份额未知"};
        break;
    }
    note.remedy = {
        "use a table with domestic and import blocks (a column Origin), or with imports and "
        "exports, if there is one",
        "如有分国内与进口的表（含“来源”列）或含进口、出口列的表，请改用该表"};
    result_.problems.push_back(std::move(note));
  }

  const Table& table_;
  Layout at_;
  InputOutputOptions options_;
  InputOutputTable result_;
  std::optional<std::size_t> code_, zh_, en_, origin_, unit_;
  std::vector<Row> domestic_, imported_;                 // by sector
  std::vector<double> domestic_flows_, imported_flows_;  // input × product
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

bool is_input_output_table(const Table& table) { return find_layout(table).has_value(); }

InputOutputTable read_input_output_table(const Table& table, const InputOutputOptions& options) {
  if (!(options.tolerance >= 0 && options.tolerance < 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("tolerance {} is outside [0, 1)", options.tolerance),
                 fmt::format("容许误差 {} 不在 [0, 1) 内", options.tolerance)});
  }
  const auto layout = find_layout(table);
  if (!layout) {
    InputOutputTable none;
    none.problems.push_back(
        {Severity::Error,
         table.header(),
         "no-input-output-table",
         "",
         "",
         {"this is no input-output table: the headings repeat no column of sectors, or no totals "
          "stand beside them",
          "不是投入产出表：列名与任何一列部门都不对应，或没有合计"},
         {"head the columns with the codes or names of the rows, and add 中间使用合计 (TIU), "
          "总产出 "
          "(GO)",
          "请用行的代码或名称作列名，并加上“中间使用合计”“总产出”"}});
    return none;
  }
  return Reader(table, *layout, options).read();
}

}  // namespace liantu
