#include "ingest/who/firm_statements.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "liantu/base/regions/region.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {
namespace {

// As GraphBuilder::build() trusts relations: what is inferred never outdoes what is stated.
bool trusted_more(const Provenance& now, const Provenance& before) {
  if (now.basis != before.basis) return now.basis < before.basis;
  if (now.confidence != before.confidence) return now.confidence > before.confidence;
  return now.as_of.known() && before.as_of.known() && now.as_of > before.as_of;
}

}  // namespace

void FirmStatements::begin(std::uint32_t firm, const Provenance& from) {
  statements_.push_back(from);
  if (firms_.size() <= firm) firms_.resize(firm + 1);
  firm_ = firm;
}

bool FirmStatements::same(const Value& a, const Value& b) {
  if (std::isnan(a.number)) return a.words == b.words;
  return std::abs(a.number - b.number) <= 1e-9 * std::max(a.number, b.number);
}

bool FirmStatements::keeps(SheetReader& reader, std::size_t field, double number, int year,
                           std::string_view words) {
  // A firm may have a key in every source.
  static const std::size_t kKey = field_index(EntityKind::Firm, "key");
  const Provenance& now = statements_.back();
  if (year == 0 && now.as_of.known()) year = now.year();
  const Value value{static_cast<std::uint8_t>(field), this_statement(),
                    words.empty() ? reader.words(field) : words, number, year};
  std::vector<Value>& values = firms_[firm_].values;
  const auto kept = std::ranges::find(values, value.field, &Value::field);
  if (kept == values.end()) {
    values.push_back(value);
    return true;
  }
  const Provenance& before = statements_[kept->statement];
  const bool two_years = year != 0 && kept->year != 0 && year != kept->year;
  const bool alike = now.basis == before.basis && now.confidence == before.confidence;
  const bool wins = alike && two_years ? year > kept->year : trusted_more(now, before);
  if (two_years && field != kKey && !same(*kept, value)) ++other_years_[field];
  if (!two_years && field != kKey && !same(*kept, value)) {
    const Text where = sources_.stands(before);
    const std::string said = excerpt(kept->words);
    const std::string stays = wins ? excerpt(value.words) : said;
    reader.report(
        Severity::Note, "contradiction", field,
        {fmt::format("{} says {}", where.en, said), fmt::format("{}写的是 {}", where.zh, said)},
        {fmt::format("{} is kept; mend whichever is wrong", stays),
         fmt::format("以 {} 为准；如有误请更正", stays)});
  }
  if (wins) *kept = value;
  return wins;
}

bool FirmStatements::keeps_region(SheetReader& reader, const RegionFigure& region) {
  Firm& known = firms_[firm_];
  if (known.region.code.known() && !better_region(reader, known, region)) return false;
  known.region = region;
  known.region_statement = this_statement();
  return true;
}

bool FirmStatements::better_region(SheetReader& reader, const Firm& known,
                                   const RegionFigure& now) const {
  const RegionFigure& before = known.region;
  if (before.code == now.code) return now.basis < before.basis;
  if (before.code.contains(now.code)) return true;
  if (now.code.contains(before.code)) return false;
  if (before.basis != now.basis) return now.basis < before.basis;
  if (now.basis != Basis::Stated) return false;
  const Provenance& from = statements_[known.region_statement];
  const bool wins = trusted_more(statements_.back(), from);
  const Text where = sources_.stands(from);
  const std::string said = region_full_name(before.code);
  const std::string says = region_full_name(now.code);
  reader.report(Severity::Note, "region-conflict", reader.field("name"),
                {fmt::format("{} says {}, this row says {}", where.en, said, says),
                 fmt::format("{}写的是{}，此行是{}", where.zh, said, says)},
                {fmt::format("{} is kept; mend whichever is wrong", wins ? says : said),
                 fmt::format("以{}为准；如有误请更正", wins ? says : said)});
  return wins;
}

void FirmStatements::tell_other_years(SheetReader& reader) {
  for (const auto& [field, count] : other_years_) {
    reader.report(
        {Severity::Note,
         reader.table().header(),
         "other-year",
         std::string(reader.heading(field)),
         std::to_string(count),
         {fmt::format("{} values of firms are not used, because that of another year is kept",
                      count),
          fmt::format("有 {} 个企业数值因采用了另一年度的数值而未采用", count)},
         {"nothing to do if the later year should count; a firm has one value in each field",
          "如以较新年度为准则无需处理；企业每项只保留一个数值"}});
  }
  other_years_.clear();
}

FirmStatements::KeptStatement FirmStatements::kept(std::uint32_t firm, std::size_t field) const {
  if (firm >= firms_.size()) return {};
  const std::vector<Value>& values = firms_[firm].values;
  const auto found = std::ranges::find(values, field, &Value::field);
  if (found == values.end()) return {};
  return {found->words, statements_[found->statement]};
}

}  // namespace liantu
