#include "liantu/ingest/who/firm_matcher.hpp"

#include <stop_token>
#include <string>
#include <string_view>
#include <tbb/task_arena.h>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/problem_lines.hpp"

namespace liantu {
namespace {

using Names = std::vector<std::string_view>;

const Names kKnown = {"重庆示例机械制造有限公司", "宁波示例机械制造有限公司",
                      "重庆示例汽车销售有限公司", "重庆虚构电子股份有限公司",
                      "重庆甲乙丙物流有限公司",   "Example Robotics Company Limited"};

std::string found(std::string_view name, const Names& known = kKnown) {
  const NameMatch match = FirmMatcher(known).match(name);
  if (match.verdict == NameVerdict::Nobody) return "nobody";
  const std::string first(known[match.candidates.front().name]);
  return (match.verdict == NameVerdict::Link ? "link " : "ask ") + first;
}

TEST(FirmMatcher, TheSameNameInAnotherSpellingScoresOne) {
  for (const std::string_view name : {"重慶示例機械製造有限責任公司", "重庆示例机械制造 有限公司",
                                      "重庆“示例”机械制造有限公司"}) {
    const NameMatch match = FirmMatcher(kKnown).match(name);
    EXPECT_EQ(match.verdict, NameVerdict::Link) << name;
    EXPECT_EQ(match.candidates, (std::vector<NameCandidate>{{0, 1.0}})) << name;
    EXPECT_EQ(match.same, 1U) << name;
  }
  EXPECT_EQ(found("EXAMPLE ROBOTICS CO., LTD."), "link Example Robotics Company Limited");
}

TEST(FirmMatcher, AShortNameThatOneFirmHasIsLinked) {
  EXPECT_EQ(found("虚构电子"), "link 重庆虚构电子股份有限公司");
  EXPECT_EQ(found("重庆虚构"), "link 重庆虚构电子股份有限公司");
  EXPECT_EQ(found("*ST虚构"), "link 重庆虚构电子股份有限公司");
  EXPECT_EQ(found("甲乙丙物流"), "link 重庆甲乙丙物流有限公司");
}

TEST(FirmMatcher, AShortNameThatSeveralMayHaveIsAsked) {
  EXPECT_EQ(found("示例机械"), "ask 重庆示例机械制造有限公司");
  EXPECT_EQ(FirmMatcher(kKnown).match("示例机械").candidates.size(), 2U);
}

TEST(FirmMatcher, TheSameBrandInAnotherPlaceOrTradeIsNobody) {
  EXPECT_EQ(found("成都示例机械制造有限公司"), "nobody");
  EXPECT_EQ(found("成都虚构电子"), "nobody");
  EXPECT_EQ(found("重庆虚构餐饮管理股份有限公司"), "nobody");
}

TEST(FirmMatcher, ARegisteredNameWithAnotherBrandIsNeverLinked) {
  EXPECT_EQ(found("重庆虚勾电子股份有限公司").substr(0, 4), "ask ") << "a slip or another firm";
  EXPECT_EQ(found("重庆虚构电子有限公司").substr(0, 4), "ask ") << "another legal form";
  EXPECT_EQ(found("虚构电子股份有限公司").substr(0, 4), "ask ") << "without its place";
  EXPECT_EQ(found("重庆甲乙丙有限公司").substr(0, 4), "ask ") << "without its trade";
  EXPECT_EQ(found("重庆甲乙丙物流有限公"), "link 重庆甲乙丙物流有限公司") << "cut off";
}

TEST(FirmMatcher, SameNamesAreCountedAndNeverLinked) {
  const Names known(50'000, "重庆示例机械制造有限公司");
  const FirmMatcher matcher(known);
  const NameMatch match = matcher.match("重庆示例机械制造有限公司");
  EXPECT_EQ(match.verdict, NameVerdict::Ask);
  EXPECT_EQ(match.same, 50'000U);
  EXPECT_EQ(match.candidates.size(), 5U);
  EXPECT_NE(matcher.match("示例机械").verdict, NameVerdict::Link);
  EXPECT_EQ(matcher.others("重庆示例机械制造有限公司").candidates.size(), 0U);
}

TEST(FirmMatcher, OthersLeavesTheNameItselfOut) {
  const NameMatch match = FirmMatcher(kKnown).others("重庆虚构电子股份有限公司");
  for (const NameCandidate& one : match.candidates) EXPECT_NE(one.name, 3U);
  EXPECT_NE(match.verdict, NameVerdict::Link);
}

TEST(FirmMatcher, NothingIsLikeNothing) {
  EXPECT_EQ(FirmMatcher(Names{}).match("示例").verdict, NameVerdict::Nobody);
  EXPECT_EQ(found(""), "nobody");
  EXPECT_EQ(found("。、（）"), "nobody");
  EXPECT_EQ(found("\u202E\u200B"), "nobody");
  EXPECT_EQ(found("示例", {"", "（）", "有限公司"}), "nobody");
}

TEST(FirmMatcher, LongNamesAndManyScriptsAreBounded) {
  std::string longest;
  while (longest.size() < (std::size_t{1} << 20)) longest += "示例甲";
  const Names known = {longest,  "пример ООО",   "مثال",          "דוגמה בע״מ",    "उदाहरण",
                       "ตัวอย่าง", "例え株式会社", "예시 주식회사", "παράδειγμα ΑΕ", "𠀀𠀁𠀂厂"};
  const FirmMatcher matcher(known);
  for (std::uint32_t i = 0; i < known.size(); ++i) {
    const NameMatch match = matcher.match(known[i]);
    ASSERT_FALSE(match.candidates.empty()) << known[i].substr(0, 30);
    EXPECT_EQ(match.candidates.front(), (NameCandidate{i, 1.0}));
  }
  EXPECT_NE(matcher.match(longest + "乙").verdict, NameVerdict::Link);
}

TEST(FirmMatcher, AllAtOnceAreWhatEachIsAlone) {
  const Names asked = {"虚构电子", "示例机械", "成都虚构电子", "重庆示列机械制造有限公司",
                       "",         "丙"};
  const FirmMatcher matcher(kKnown);
  for (const int threads : {1, 3}) {
    tbb::task_arena arena(threads);
    const auto all = arena.execute([&] { return matcher.match_all(asked); });
    ASSERT_EQ(all.size(), asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) EXPECT_EQ(all[i], matcher.match(asked[i]));
  }
}

TEST(FirmMatcher, ScoresStayWithinTheirScaleAndOrder) {
  const FirmMatcher matcher(kKnown);
  for (const std::string_view name :
       {"示例", "重庆", "机械制造", "虚构电子重庆", "乙丙", "robotics"}) {
    const NameMatch match = matcher.match(name);
    for (std::size_t i = 0; i < match.candidates.size(); ++i) {
      EXPECT_GE(match.candidates[i].score, MatchOptions().ask);
      EXPECT_LT(match.candidates[i].score, 1.0);
      if (i > 0) {
        EXPECT_GE(match.candidates[i - 1].score, match.candidates[i].score);
      }
    }
  }
}

TEST(FirmMatcher, ThresholdsOutsideTheirRangeAreRefused) {
  for (const MatchOptions& wrong :
       {MatchOptions{.link = 0}, MatchOptions{.link = 1.5}, MatchOptions{.margin = -0.1},
        MatchOptions{.link = 0.5, .ask = 0.6}, MatchOptions{.most = 0}, MatchOptions{.most = 65}}) {
    const auto error = error_of([&] { FirmMatcher(kKnown, wrong); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::InvalidArgument);
  }
}

TEST(FirmMatcher, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  MatchOptions options;
  options.stop = source.get_token();
  const auto error = error_of([&] { FirmMatcher(kKnown, options); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::Cancelled);
}

}  // namespace
}  // namespace liantu
