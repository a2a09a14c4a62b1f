#include "liantu/report/prospects/propensity_columns.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace liantu {
namespace {

// Rows of the sheet in their order.
std::vector<FirmId> firms_of(const ProspectList& list, const SheetOptions& options) {
  std::vector<FirmId> firms;
  for (const std::vector<Prospect>* part :
       {&list.prospects, &list.unlocated, &list.expansions, &list.screened}) {
    const std::size_t shown =
        options.most > 0 ? std::min(options.most, part->size()) : part->size();
    for (std::size_t i = 0; i < shown; ++i) firms.push_back((*part)[i].firm);
  }
  return firms;
}

}  // namespace

void add_propensity(Sheet& sheet, const ProspectList& list, const PlacePropensity& propensity,
                    const SheetOptions& options) {
  const std::vector<FirmId> firms = firms_of(list, options);
  assert(firms.size() == sheet.rows.size());
  sheet.columns.push_back(
      {"propensity_rank", {"place by propensity to come", "落户倾向位次"}, CellKind::Number});
  if (!options.brief) {
    sheet.columns.push_back(
        {"propensity", {"propensity to come (0 to 1)", "落户倾向（0 至 1）"}, CellKind::Number});
    for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
      const auto factor = static_cast<ArrivalFactor>(i);
      const Text name = factor_text(factor);
      sheet.columns.push_back({"propensity_" + std::string(factor_word(factor)),
                               {"adds: " + name.en, "贡献：" + name.zh},
                               CellKind::Number});
    }
    sheet.columns.push_back(
        {"propensity_rows", {"rows of the table of arrivals", "落户记录表行号"}, CellKind::Text});
  }
  SheetColumn reason{"propensity_reason", {"why it may come", "落户倾向依据"}, CellKind::Text};
  reason.below = options.brief;
  sheet.columns.push_back(reason);
  std::size_t known = 0;
  for (std::size_t i = 0; i < firms.size(); ++i) {
    std::vector<SheetCell>& row = sheet.rows[i];
    const std::optional<FirmPropensity> found = propensity.of(firms[i]);
    if (!found) {
      row.resize(sheet.columns.size());
      continue;
    }
    ++known;
    row.emplace_back(static_cast<double>(found->rank));
    if (!options.brief) {
      row.emplace_back(found->value);
      for (const double weight : found->weights) row.emplace_back(weight);
      row.emplace_back(fmt::format("{}", fmt::join(found->rows, ";")));
    }
    row.emplace_back(found->reason.in(options.language));
  }
  sheet.notes.push_back(
      {fmt::format("propensity to come: place among {} firms that may come, by who came before; "
                   "known of {} of the {} rows; beside the score, no part of it",
                   propensity.firms(), known, firms.size()),
       fmt::format(
           "落户倾向：在 {} 家可能前来的企业中的位次，依据以往落户；{} 行中 {} 行有据；不计入"
           "评分",
           propensity.firms(), firms.size(), known)});
}

}  // namespace liantu
