#include "liantu/report/prospects/propensity_columns.hpp"

#include <variant>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

class PropensityColumns : public testing::Test {
 protected:
  PropensityColumns() {
    GraphBuilder builder;
    const auto add = [&](const char* name, std::uint32_t region) {
      const Node node = builder.add(EntityKind::Firm, name);
      if (region != 0) builder.set_region(node, {RegionCode{region}, Basis::Stated});
      return FirmId{node.local};
    };
    grown_ = add("示例甲有限公司", 440300);
    unknown_ = add("示例乙有限公司", 0);
    graph_ = builder.build();
    arrivals_ = {{grown_, RegionCode{440300}, RegionCode{360100}, Date{2001, 1, 1}, false, 7}};
    Prospect one;
    one.firm = unknown_;
    list_.prospects.push_back(one);
    one.firm = grown_;
    list_.prospects.push_back(one);
  }

  Sheet sheet(const SheetOptions& options) {
    Sheet made;
    made.columns.resize(1);
    made.rows.assign(2, std::vector<SheetCell>(1));
    add_propensity(made, list_, PlacePropensity(graph_, arrivals_, RegionCode{430100}), options);
    return made;
  }

  FirmId grown_{0}, unknown_{0};
  EnterpriseGraph graph_;
  std::vector<Arrival> arrivals_;
  ProspectList list_;
};

TEST_F(PropensityColumns, StandBehindTheOthersAndAreEmptyWhereNothingIsKnown) {
  SheetOptions options;
  options.language = Language::En;
  const Sheet made = sheet(options);
  ASSERT_EQ(made.columns.size(), 1 + 2 + kArrivalFactorCount + 2);
  for (const auto& row : made.rows) EXPECT_EQ(row.size(), made.columns.size());
  EXPECT_TRUE(std::holds_alternative<std::monostate>(made.rows[0][1]));
  EXPECT_EQ(made.columns[1].key, "propensity_rank");
  EXPECT_EQ(made.rows[1][1], SheetCell(1.0));
  EXPECT_EQ(made.rows[1][2], SheetCell(1.0));
  EXPECT_EQ(made.rows[1][made.columns.size() - 2], SheetCell(std::string("7")));
  EXPECT_EQ(made.notes.back().en,
            "propensity to come: place among 2 firms that may come, by who came before; known of 1 "
            "of the 2 rows; beside the score, no part of it");
}

TEST_F(PropensityColumns, AreTwoWhereTheFormIsBrief) {
  SheetOptions options;
  options.language = Language::Zh;
  options.brief = true;
  const Sheet made = sheet(options);
  ASSERT_EQ(made.columns.size(), 3U);
  EXPECT_TRUE(made.columns[2].below);
  EXPECT_EQ(made.rows[1][1], SheetCell(1.0));
}

}  // namespace
}  // namespace liantu
