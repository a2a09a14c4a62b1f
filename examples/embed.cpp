// A district in code: build a graph, find the gaps of its chains, rank the firms that would fill
// them.
#include <cstdio>
#include <liantu/base/text/error.hpp>
#include <liantu/base/values/money.hpp>
#include <liantu/chain/gaps/gaps.hpp>
#include <liantu/graph/builder.hpp>
#include <liantu/prospects/prospects.hpp>
#include <optional>
#include <string>

namespace {

using namespace liantu;

EntityRef add_firm(GraphBuilder& builder, const char* name, std::uint32_t region, double revenue) {
  const EntityRef firm = builder.add(EntityKind::Firm, name);
  builder.set_region(firm, {RegionCode{region}});
  builder.set(firm, EntityNumber::Revenue, {revenue});
  return firm;
}

// 甲 makes batteries in the district and needs separators and electrolyte. 乙 and 丙, both
// elsewhere, make separators; 乙 already supplies 甲.
EnterpriseGraph small_graph() {
  GraphBuilder builder;
  const EntityRef battery = builder.add(EntityKind::Segment, "电池");
  const EntityRef separator = builder.add(EntityKind::Segment, "隔膜");
  const EntityRef electrolyte = builder.add(EntityKind::Segment, "电解液");
  builder.relate(RelationKind::Requires, battery, separator, {.coefficient = 0.2});
  builder.relate(RelationKind::Requires, battery, electrolyte, {.coefficient = 0.1});

  const EntityRef anchor = add_firm(builder, "甲电池", 500104, 900e6);
  const EntityRef known = add_firm(builder, "乙隔膜", 440305, 300e6);
  const EntityRef other = add_firm(builder, "丙隔膜", 320505, 300e6);
  builder.relate(RelationKind::Makes, anchor, battery, {.amount = 800e6});
  builder.relate(RelationKind::Makes, known, separator, {.amount = 250e6});
  builder.relate(RelationKind::Makes, other, separator, {.amount = 250e6});
  EdgeAttributes purchase;
  purchase.segment = SegmentId{separator.local};
  purchase.amount = 60e6;
  builder.relate(RelationKind::Supplies, known, anchor, purchase);
  return builder.build();
}

std::string said(std::optional<double> amount) {
  return amount ? format_money({*amount}, Language::En) : "an unknown amount";
}

}  // namespace

int main() {
  try {
    const EnterpriseGraph graph = small_graph();
    GapOptions options;
    options.district.region = RegionCode{500104};
    const GapReport report = find_gaps(graph, options);
    for (const Gap& gap : report.gaps) {
      const std::string name(graph.name(graph.entity(gap.segment)));
      std::printf("%s is %s, leaking %s a year\n", name.c_str(), gap_text(gap.kind).en.c_str(),
                  said(gap.leakage_max).c_str());
    }
    const ProspectList list = rank_prospects(graph, report);
    for (const Prospect& prospect : list.prospects) {
      const std::string name(graph.name(graph.entity(prospect.firm)));
      std::printf("%u. %s: %.2f points; it %s\n", prospect.rank, name.c_str(), prospect.score,
                  prospect.reasons.front().en.c_str());
    }
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
