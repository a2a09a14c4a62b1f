#include "report/prospects/propensity_columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "report/words/cells.hpp"

namespace liantu {
namespace {

using Col = Column<const Prospect*>;
using Row = const Prospect*;

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

void write_rows(JsonOutput& out, std::string_view key, const std::vector<std::uint32_t>& rows) {
  out.key(key);
  out.open_array();
  for (const std::uint32_t row : rows) out.count(row);
  out.close_array();
}

void write_propensity(JsonOutput& out, std::string_view key, const Prospect& prospect) {
  out.key(key);
  if (!prospect.coming) return out.null();
  const FirmPropensity& coming = *prospect.coming;
  out.open_object();
  out.member_count("rank", coming.rank);
  out.member_number("value", rounded(coming.value));
  out.key("factors");
  out.open_array();
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    out.open_object();
    out.member("factor", factor_word(static_cast<ArrivalFactor>(i)));
    out.member_number("value", rounded(coming.factors[i]));
    out.member_number("adds", rounded(coming.weights[i]));
    write_rows(out, "rows", coming.rows_of[i]);
    out.close_object();
  }
  out.close_array();
  write_rows(out, "rows", coming.rows);
  out.member("reason", coming.reason);
  out.close_object();
}

}  // namespace

std::string arrival_rows(const std::vector<std::uint32_t>& rows) {
  return fmt::format("{}", fmt::join(rows, ";"));
}

void add_propensity_columns(std::vector<Col>& columns, const ProspectTable& table) {
  const Language language = table.options.language;
  const auto told = [](auto tell) {
    return [tell](Row row) { return row->coming ? tell(*row->coming) : SheetCell(); };
  };
  columns.push_back(Col("propensity_rank", {"place by propensity to come", "落户倾向位次"},
                        CellKind::Number, kSheets, told([](const FirmPropensity& coming) {
                          return coming.rank == 0 ? SheetCell() : count(coming.rank);
                        })));
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    const auto factor = static_cast<ArrivalFactor>(i);
    const std::string key = "propensity_" + std::string(factor_word(factor));
    const Text name = factor_text(factor);
    columns.push_back(Col(
        key, {"adds: " + name.en, "贡献：" + name.zh}, CellKind::Number, kFull,
        told([i](const FirmPropensity& coming) { return SheetCell(rounded(coming.weights[i])); })));
    columns.push_back(Col(key + "_rows",
                          {"rows of arrivals: " + name.en, "落户记录行号：" + name.zh},
                          CellKind::Text, kFull, told([i](const FirmPropensity& coming) {
                            return words(arrival_rows(coming.rows_of[i]));
                          })));
  }
  const auto reason =
      told([language](const FirmPropensity& coming) { return words(coming.reason.in(language)); });
  const Text heading{"why it may come", "落户倾向依据"};
  columns.push_back(Col("propensity_reason", heading, CellKind::Text, kBrief | kBelow, reason));
  columns.push_back(Col("propensity_reason", heading, CellKind::Text, kFull, reason));
  columns.push_back(
      Col("propensity", [](auto& out, auto key, Row row) { write_propensity(out, key, *row); }));
}

Text propensity_note(const ProspectList& list, const std::vector<const Prospect*>& rows) {
  const auto known =
      std::ranges::count_if(rows, [](const Prospect* row) { return row->coming.has_value(); });
  const double points = part_weights(list)[static_cast<std::size_t>(ScorePartKind::Propensity)];
  return {fmt::format("propensity to come: place among {} firms that may come, by who came before; "
                      "known of {} of the {} rows; {} points of the score",
                      list.may_come, known, rows.size(), plain_number(points)),
          fmt::format("落户倾向：在 {} 家可能前来的企业中的位次，依据以往落户；{} 行中 {} 行有据；"
                      "占评分 {} 分",
                      list.may_come, rows.size(), known, plain_number(points))};
}

}  // namespace liantu
