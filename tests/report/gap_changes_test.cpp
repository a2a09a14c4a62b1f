#include "liantu/report/gap_changes.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

TEST(ChangeSheet, SaysWhatBecameOfGaps) {
  const std::string rules = "车 -requires{coef=0.5}-> 胎; 车 -requires{coef=0.1}-> 灯; ";
  const EnterpriseGraph before = sketch(rules + "甲{region=500104} -makes{output=100}-> 车");
  const EnterpriseGraph after =
      sketch(rules +
             "甲{region=500104} -makes{output=100}-> 车; 乙{region=500104} -makes{output=10}-> "
             "胎; 乙 -supplies{segment=胎,amount=10}-> 甲");
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport old = find_gaps(before, options);
  const GapReport now = find_gaps(after, options);
  const GapDiff diff = compare_gaps(before, old, after, now);
  const Sheet changed = change_sheet(diff, old, now, Language::En);
  ASSERT_EQ(changed.rows.size(), 1U);
  EXPECT_EQ(changed.rows[0], (std::vector<SheetCell>{"shrunk", "胎", "missing", "weak", 50.0, 40.0,
                                                     -10.0, 1.0, 1.0, 0.0, 1.0}));
  EXPECT_EQ(change_sheet(diff, old, now, Language::Zh, ChangedOnly::No).rows.size(), 2U);
  ASSERT_EQ(changed.notes.size(), 2U);
  EXPECT_EQ(changed.notes[0].en, "opened: 0; closed: 0; no longer needed: 0; persistent: 2");
}

TEST(ChangeSheet, NothingIsASheetWithoutRows) {
  EXPECT_TRUE(change_sheet({}, {}, {}, Language::En).rows.empty());
}

}  // namespace
}  // namespace liantu
