#include "liantu/chain/firms/district.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "chain/firms/anchors.hpp"
#include "chain/firms/production.hpp"
#include "chain/firms/status.hpp"
#include "chain/firms/whereabouts.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/views/region_firms.hpp"

namespace liantu {
namespace {

void must_exist(RegionCode region) {
  if (region_exists(region)) return;
  throw Error(
      ErrorCode::NotFound,
      {fmt::format("region {} is not a division of GB/T 2260; give 2, 4 or 6 digits of an "
                   "existing one, such as 500104",
                   region.to_string()),
       fmt::format("行政区划表（GB/T 2260）中没有 {}；请给出现有区划代码的 2、4 或 6 位，如 500104",
                   region.to_string())});
}

struct Size {
  double value = 0;
  bool estimated = false;  // with a factor
};

// Output of everything the firm makes when it states some, else its revenue, else what factors
// make of it; an anchor makes something.
std::optional<Size> size_by_output(const EnterpriseGraph& graph, const Productions& productions,
                                   FirmId firm) {
  const auto production = productions.of(firm);
  if (!production) return std::nullopt;
  const Relation makes = graph.relation(RelationKind::Makes);
  const auto& statements = production->statements;
  const bool stated = std::ranges::any_of(statements, [&](const Statement& one) {
    return makes.number(one.makes, EdgeNumber::Amount).has_value();
  });
  const auto revenue = graph.number(graph.entity(firm), EntityNumber::Revenue);
  if (!stated && revenue) return Size{revenue->value};
  if (!production->output) return std::nullopt;
  const bool estimated =
      std::ranges::any_of(statements, [](const Statement& one) { return one.factor.has_value(); });
  return Size{production->output->value, estimated};
}

std::optional<Size> size_by_capital(const EnterpriseGraph& graph, const Productions& productions,
                                    FirmId firm) {
  if (productions.statements(firm).empty()) return std::nullopt;
  const auto capital = graph.number(graph.entity(firm), EntityNumber::RegisteredCapital);
  return capital ? std::optional(Size{capital->value}) : std::nullopt;
}

FirmId find_one(const EnterpriseGraph& graph, const std::string& words) {
  const std::vector<EntityId> found = graph.find(EntityKind::Firm, words);
  if (found.size() == 1) return FirmId{graph.local(found.front())};
  if (found.empty()) {
    throw Error(
        ErrorCode::NotFound,
        {fmt::format("no firm has the name, code or id \"{}\"; write it as the table does",
                     excerpt(words)),
         fmt::format("没有名称、代码或编号为“{}”的企业；请按表中写法填写", excerpt(words))});
  }
  std::string codes;
  for (const EntityId one : found) {
    codes += codes.empty() ? "" : ", ";
    codes += fmt::format("{} {}", graph.name(one), graph.text(one, EntityText::Code));
  }
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("\"{}\" fits several firms ({}); give the credit code", words, codes),
               fmt::format("“{}”对应多家企业（{}）；请改用信用代码", words, codes)});
}

void must_exist_still(const EnterpriseGraph& graph, FirmId firm) {
  if (!gone(graph, firm)) return;
  const std::string_view name = graph.name(graph.entity(firm));
  throw Error(
      ErrorCode::InvalidArgument,
      {fmt::format("the anchor {} is struck off the register; name a firm that exists", name),
       fmt::format("龙头企业“{}”已注销；请改填存续企业", name)});
}

void must_not_be_elsewhere(const EnterpriseGraph& graph, FirmId firm, const District& district) {
  const Standing where = standing(graph, firm, district);
  if (where == Standing::Inside || where == Standing::Unknown) return;
  const EntityId entity = graph.entity(firm);
  const std::string place = region_full_name(graph.region(entity).code);
  const std::string here = region_full_name(district.region);
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("the anchor {} is registered in {}, not in {}; name a firm of the "
                           "district, or correct its region in the tables",
                           graph.name(entity), place, here),
               fmt::format("龙头企业“{}”注册在{}，不在{}；请改填本地企业，或在表中更正其地区",
                           graph.name(entity), place, here)});
}

}  // namespace

District complete_district(const District& district) {
  if (!district.region.known()) {
    throw Error(ErrorCode::InvalidArgument,
                {"the district to examine is not given; name its region code, such as 500104",
                 "没有给出要分析的地区；请给出行政区划代码，如 500104"});
  }
  District complete = district;
  if (!complete.near.known()) complete.near = complete.region.city();
  if (!complete.source_outside.known()) complete.source_outside = complete.region.province();
  must_exist(complete.region);
  must_exist(complete.near);
  must_exist(complete.source_outside);
  return complete;
}

Standing standing(RegionCode region, const District& district) {
  if (!region.known()) return Standing::Unknown;
  if (district.region.contains(region)) return Standing::Inside;
  if (region.contains(district.region))
    return Standing::Unknown;  // `Chongqing` may be anywhere in it
  if (district.source_outside.contains(region)) return Standing::Home;
  if (region.contains(district.source_outside)) return Standing::Unknown;
  return Standing::Outside;
}

bool nearby(RegionCode region, const District& district) {
  return region.known() && district.near.contains(region) && !district.region.contains(region) &&
         !region.contains(district.region);
}

Standing standing(const EnterpriseGraph& graph, FirmId firm, const District& district) {
  return standing(graph.region(graph.entity(firm)).code, district);
}

bool nearby(const EnterpriseGraph& graph, FirmId firm, const District& district) {
  return nearby(graph.region(graph.entity(firm)).code, district);
}

Text Anchors::said() const {
  const auto says = [&](std::string_view en, std::string_view zh) {
    Text text{fmt::format(fmt::runtime(en), firms.size()),
              fmt::format(fmt::runtime(zh), firms.size())};
    if (assumed > 0) {
      text.en += fmt::format("; of them assumed: {}", assumed);
      text.zh += fmt::format("（其中假设引进 {} 家）", assumed);
    }
    return text;
  };
  switch (basis) {
    case AnchorBasis::Given:
      return says("anchor firms, as given: {}", "龙头企业 {} 家，按指定");
    case AnchorBasis::Column:
      return says("anchor firms, as the tables say: {}", "龙头企业 {} 家，按表中标注");
    case AnchorBasis::LargestOutput:
      return says("no table names anchors; largest makers by stated output or revenue: {}",
                  "表中未标注龙头企业：取产值或营收最大的 {} 家生产企业");
    case AnchorBasis::EstimatedOutput:
      return says(
          "no table names anchors; largest makers by output or revenue, estimated with factors "
          "where neither is stated: {}",
          "表中未标注龙头企业：取产值或营收（未填的按产值系数估算）最大的 {} 家生产企业");
    case AnchorBasis::LargestCapital:
      return says("no table names anchors or output; largest makers by registered capital: {}",
                  "表中未标注龙头企业，也无产值：取注册资本最大的 {} 家生产企业");
    case AnchorBasis::None:
      break;
  }
  return {"no anchor firms: nothing tells the size of any maker",
          "没有龙头企业：无从得知生产企业的规模"};
}

Anchors choose_anchors(const EnterpriseGraph& graph, const District& district,
                       const AnchorOptions& options) {
  check_factors(options.factors);
  const Taxonomy taxonomy(graph);
  const Productions productions(graph, taxonomy, 0, &options.factors);
  std::vector<FirmId> local;
  if (options.given.empty())
    std::ranges::copy_if(RegionFirms(graph, district.region), std::back_inserter(local),
                         [&](FirmId firm) { return !gone(graph, firm); });
  return choose_anchors_among(graph, productions, local, district, options);
}

Anchors choose_anchors_among(const EnterpriseGraph& graph, const Productions& productions,
                             std::span<const FirmId> local, const District& district,
                             const AnchorOptions& options) {
  if (options.largest < 1 || options.largest > 1000) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("the number of anchors {} is outside 1..1000", options.largest),
                 fmt::format("龙头企业数 {} 不在 1 到 1000 之间", options.largest)});
  }
  Anchors anchors;
  if (!options.given.empty()) {
    anchors.basis = AnchorBasis::Given;
    for (const std::string& words : options.given) {
      const FirmId firm = find_one(graph, words);
      must_exist_still(graph, firm);
      must_not_be_elsewhere(graph, firm, district);
      anchors.firms.push_back(firm);
    }
  } else {
    using SizeOf = std::optional<Size> (*)(const EnterpriseGraph&, const Productions&, FirmId);
    const auto largest = [&](SizeOf size_of) {
      std::vector<std::tuple<double, FirmId, bool>> sized;
      for (const FirmId firm : local) {
        if (const auto size = size_of(graph, productions, firm); size && size->value > 0) {
          sized.emplace_back(-size->value, firm, size->estimated);
        }
      }
      std::ranges::sort(sized);
      if (sized.size() > options.largest) sized.resize(options.largest);
      bool any_estimated = false;
      for (const auto& [value, firm, estimated] : sized) {
        anchors.firms.push_back(firm);
        any_estimated = any_estimated || estimated;
      }
      return any_estimated;
    };
    std::ranges::copy_if(local, std::back_inserter(anchors.firms),
                         [&](FirmId firm) { return graph.anchor(firm); });
    anchors.basis = AnchorBasis::Column;
    if (anchors.firms.empty()) {
      const bool estimated = largest(size_by_output);
      anchors.basis = estimated ? AnchorBasis::EstimatedOutput : AnchorBasis::LargestOutput;
    }
    if (anchors.firms.empty()) {
      largest(size_by_capital);
      anchors.basis = AnchorBasis::LargestCapital;
    }
    if (anchors.firms.empty()) anchors.basis = AnchorBasis::None;
  }
  std::ranges::sort(anchors.firms);
  anchors.firms.erase(std::unique(anchors.firms.begin(), anchors.firms.end()), anchors.firms.end());
  return anchors;
}

}  // namespace liantu
