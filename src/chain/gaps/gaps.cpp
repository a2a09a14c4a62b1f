#include "liantu/chain/gaps/gaps.hpp"

#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "chain/economy/economy.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/gaps/search/gap_search.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/structure/evenness.hpp"

namespace liantu {
namespace {

void check(double value, std::string_view name) {
  if (value >= 0 && value <= 1) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{} {} is outside [0, 1]", name, value),
               fmt::format("{} 的值 {} 不在 0 到 1 之间", name, value)});
}

}  // namespace

void check_gap_options(const GapOptions& options) {
  check(options.weak_coverage, "weak_coverage");
  check(options.min_confidence, "min_confidence");
  if (options.rounds < 1 || options.rounds > 8) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("rounds {} is outside 1..8", options.rounds),
                 fmt::format("轮数 {} 不在 1 到 8 之间", options.rounds)});
  }
  check_factors(options.factors);
}

std::string_view gap_word(GapKind kind) {
  switch (kind) {
    case GapKind::Missing:
      return "missing";
    case GapKind::Weak:
      return "weak";
    case GapKind::Hidden:
      return "hidden";
    case GapKind::Extension:
      return "extension";
    case GapKind::Open:
      return "open";
  }
  return "";
}

Text gap_text(GapKind kind) {
  switch (kind) {
    case GapKind::Missing:
      return {"missing", "缺链"};
    case GapKind::Weak:
      return {"weak", "弱链"};
    case GapKind::Hidden:
      return {"hidden", "隐性缺口"};
    case GapKind::Extension:
      return {"extension", "延链"};
    case GapKind::Open:
      return {"local makers of unknown size", "有本地企业，规模不明"};
  }
  return {};
}

std::string_view remedy_word(Remedy remedy) {
  return remedy == Remedy::Foster ? "foster" : "bring_in";
}

Text remedy_text(Remedy remedy) {
  if (remedy == Remedy::Foster) return {"local fostering", "本地培育"};
  return {"bringing in", "外部引进"};
}

void add(Leakage& leakage, const RoundDemand& round) {
  leakage.min += round.leakage.value_or(0);
  leakage.max += round.leakage.value_or(round.demand.value);
}

std::optional<Leakage> leakage_of(const Gap& gap) {
  if (gap.kind != GapKind::Hidden) {
    if (!gap.leakage_max) return std::nullopt;
    return Leakage{gap.leakage_min.value_or(0), *gap.leakage_max};
  }
  Leakage total;
  for (const RoundDemand& round : gap.later) add(total, round);
  return total;
}

std::optional<double> severity_amount(const Gap& gap) {
  const auto leakage = leakage_of(gap);
  return leakage ? std::optional(leakage->middle()) : std::nullopt;
}

GapReport find_gaps(const EnterpriseGraph& graph, const GapOptions& options) {
  check_gap_options(options);
  return GapFinder(graph, options.stop).find(options);
}

GapFinder::GapFinder(const EnterpriseGraph& graph, const std::stop_token& stop)
    : economy_(std::make_shared<const Economy>(graph, Stopping{stop, kGapSearch})) {}

GapReport GapFinder::find(const GapOptions& options) const {
  check_gap_options(options);
  return GapSearch(*economy_).report(options);
}

std::vector<RegionCode> GapFinder::districts() const {
  std::vector<RegionCode> result;
  for (const Economy::Place& place : economy_->places()) {
    if (place.region.level() == RegionLevel::District) result.push_back(place.region);
  }
  return result;
}

}  // namespace liantu
