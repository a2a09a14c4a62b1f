#include "liantu/report/gaps/gap_changes.hpp"

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
  const Sheet changed = change_sheet(diff, old, now);
  ASSERT_EQ(changed.rows.size(), 1U);
  EXPECT_EQ(changed.rows[0],
            (std::vector<SheetCell>{"shrunk", "胎", "missing", "weak", "low coverage, single maker",
                                    50.0, 40.0, -10.0, 50.0, 40.0, -10.0, 1.0, 1.0, 0.0, 1.0}));
  EXPECT_EQ(changed.columns.size(), changed.rows[0].size());
  SheetOptions chinese;
  chinese.language = Language::Zh;
  chinese.brief = true;
  const Sheet brief = change_sheet(diff, old, now, chinese, ChangedOnly::No);
  ASSERT_EQ(brief.rows.size(), 2U);
  EXPECT_EQ(brief.rows[0],
            (std::vector<SheetCell>{"缩小", "胎", "缺链", "弱链（配套率低、仅一家生产）", "50",
                                    "40", -10.0, -10.0, "1", "0 → 1"}));
  EXPECT_EQ(brief.columns.size(), brief.rows[0].size());
  ASSERT_EQ(changed.summary.size(), 2U);
  EXPECT_EQ(changed.summary[0].en,
            "opened: 0; closed: 0; no longer needed: 0; grown: 0; shrunk: 1; the same: 1");
  EXPECT_EQ(changed.summary[1].en,
            "bought outside a year, where known: CNY 60 → CNY 50 (-CNY 10) if all that is made "
            "here is sold here; CNY 60 → CNY 50 (-CNY 10) if only the local purchases known are "
            "made here");
  EXPECT_TRUE(changed.notes.empty());
  chinese.most = 1;
  const Sheet first = change_sheet(diff, old, now, chinese, ChangedOnly::No);
  EXPECT_EQ(first.rows.size(), 1U);
  EXPECT_EQ(first.notes.at(0).zh, "变化 2 个，列出 1 个");
}

TEST(ChangeSheet, TellsWhatIsEasedWhereSomethingIs) {
  GapDiff diff;
  diff.eased = 2;
  const Sheet sheet = change_sheet(diff, {}, {}, {}, ChangedOnly::No);
  EXPECT_EQ(
      sheet.summary.at(0),
      (Text{"opened: 0; closed: 0; eased, as less is needed: 2; no longer needed: 0; grown: 0; "
            "shrunk: 0; the same: 0",
            "新增 0 个；补上 0 个；因需求减少而不再是缺口 2 个；不再需要 0 个；扩大 0 个；缩小 "
            "0 个；不变 0 个"}));
}

TEST(ChangeSheet, WhatIsClosedSaysWhatIsBoughtOutsideAllTheSame) {
  // 50 of 胎 are needed: 30 of two makers cover 60 %, which is not a gap, and leave 20.
  const std::string rules =
      "车 -requires{coef=0.5}-> 胎; 甲{region=500104} -makes{output=100}-> 车; ";
  const EnterpriseGraph before = sketch(rules + "乙{region=500104} -makes{output=15}-> 胎");
  const EnterpriseGraph after = sketch(
      rules + "乙{region=500104} -makes{output=15}-> 胎; 丙{region=500104} -makes{output=15}-> 胎");
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport old = find_gaps(before, options);
  const GapReport now = find_gaps(after, options);
  const GapDiff closed = compare_gaps(before, old, after, now);
  SheetOptions brief;
  brief.brief = true;
  EXPECT_EQ(
      change_sheet(closed, old, now, brief).rows,
      (std::vector<std::vector<SheetCell>>{{"closed", "胎", "weak (low coverage, single maker)",
                                            "met", "35–50", "20–50", -15.0, 0.0, "1", "1 → 2"}}));
  const GapDiff opened = compare_gaps(after, now, before, old);
  EXPECT_EQ(change_sheet(opened, now, old, brief).rows,
            (std::vector<std::vector<SheetCell>>{{"opened", "胎", "met",
                                                  "weak (low coverage, single maker)", "20–50",
                                                  "35–50", 15.0, 0.0, "1", "2 → 1"}}));
}

TEST(ChangeSheet, NothingIsASheetWithoutRows) {
  EXPECT_TRUE(change_sheet({}, {}, {}).rows.empty());
}

}  // namespace
}  // namespace liantu
