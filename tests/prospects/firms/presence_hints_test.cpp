#include "prospects/firms/presence_hints.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/chain/firms/data_date.hpp"
#include "prospects/firms/presence.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

std::vector<FirmId> local_firms(const EnterpriseGraph& graph, const District& district) {
  std::vector<FirmId> local;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    if (standing(graph, FirmId{i}, district) == Standing::Inside) local.push_back(FirmId{i});
  }
  return local;
}

District dadukou() {
  District district;
  district.region = RegionCode{500104};
  return complete_district(district);
}

void expect_no_presence_missed(const EnterpriseGraph& graph) {
  const District district = dadukou();
  const std::vector<FirmId> local = local_firms(graph, district);
  const PresenceHints hints(graph, local, branches_among(graph, local), owning_branches(graph));
  const FirmPresence presence(graph, district, data_date(graph));
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    if (presence.in_district(FirmId{i}).empty()) continue;
    EXPECT_TRUE(hints.may_be_present(FirmId{i})) << graph.name(graph.entity(FirmId{i}));
  }
}

TEST(PresenceHints, PassOverNobodyWhoIsThere) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    expect_no_presence_missed(test::random_graph(seed, {.firms = 40, .density = 2}));
  }
  // Names in every spelling that the normal form brings together.
  expect_no_presence_missed(test::sketch(R"(
    示例精密电子有限公司; 示例精密电子有限公司重庆分公司{region=500104}
    甲有限责任公司; 甲有限公司重庆分公司{region=500104}; 甲有限公司
    某公司; 某公司大渡口分公司{region=500104}; 示例 精密 电子有限公司
    ＡＢ精密有限公司; AB精密有限公司大渡口分公司{region=500104}; ab精密有限公司
    示例〔重庆〕材料有限责任公司; 示例(重庆)材料有限公司大渡口分公司{region=500104}
    丙丁戊有限责任公司; 丙丁戊有限公司大渡口分公司{region=500104}
  )"));
}

TEST(PresenceHints, ANameThatBeginsOtherwiseIsNotLookedUp) {
  const EnterpriseGraph graph = test::sketch(
      "示例精密电子有限公司; 另外精密电子有限公司; 示例精密电子有限公司重庆分公司{region=500104}");
  const std::vector<FirmId> local = local_firms(graph, dadukou());
  const PresenceHints hints(graph, local, branches_among(graph, local), owning_branches(graph));
  EXPECT_TRUE(hints.may_be_present(test::firm(graph, "示例精密电子有限公司")));
  EXPECT_FALSE(hints.may_be_present(test::firm(graph, "另外精密电子有限公司")));
  const PresenceHints none(graph, {}, {}, {});
  EXPECT_FALSE(none.may_be_present(test::firm(graph, "示例精密电子有限公司")));
}

}  // namespace
}  // namespace liantu
