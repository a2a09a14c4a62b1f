#include "links/paths/step_limits.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

/// The messages of the error that a path is refused with.
Text refusal(const std::string& path) {
  try {
    ADD_FAILURE() << path << " was read as " << parse_path(path).to_string();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    return error.message();
  }
  return {};
}

TEST(StepLimits, EveryLimitIsReadAndWrittenBack) {
  const std::string text =
      "supplies[confidence>=0.5,segment=隔膜,region=500104,from=2010,to=2015-06,"
      "weight=log1p(amount)]/sqrt.~supplies[weight=share]";
  const RelationPath path = parse_path(text);
  StepLimits limits;
  limits.min_confidence = 0.5;
  limits.segment = "隔膜";
  limits.region = RegionCode(500104);
  limits.from = {2010, 0, 0};
  limits.to = {2015, 6, 0};
  limits.weight = EdgeNumber::Amount;
  limits.scale = WeightScale::Log1p;
  EXPECT_EQ(path.steps[0], (PathStep{RelationKind::Supplies, StepDirection::Forward,
                                     Normalizer::SqrtDegree, limits}));
  EXPECT_EQ(path.steps[1].limits.weight, EdgeNumber::Share);
  EXPECT_EQ(path.to_string(), text);
}

TEST(StepLimits, BlanksAreIgnoredOutsideQuotesAndKeptInside) {
  EXPECT_EQ(parse_path("supplies [ confidence >= 0.5 , from = 2010 ] / deg").to_string(),
            "supplies[confidence>=0.5,from=2010]/deg");
  EXPECT_EQ(parse_path(R"(supplies[segment="a, b].c \"d\" \\"])").steps[0].limits.segment,
            R"(a, b].c "d" \)");
}

TEST(StepLimitsProperty, WhateverTheLimitsTheTextIsReadBack) {
  const std::vector<std::string> names = {"",    "隔膜",    "a b",        "a\"b\\",  "x.y",
                                          "[z]", "半·导体", "全\u3000角", "3.5, 4/7"};
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    StepLimits limits;
    limits.min_confidence = static_cast<double>(random() % 3) / 7;
    limits.segment = names[random() % names.size()];
    if (random() % 2 == 0) limits.region = RegionCode(500104);
    if (random() % 2 == 0) limits.from = {2001, static_cast<std::uint8_t>(random() % 2 * 3), 0};
    if (random() % 2 == 0) limits.to = {2019, 12, 31};
    if (random() % 2 == 0) limits.weight = static_cast<EdgeNumber>(random() % 2);
    if (limits.weight && random() % 2 == 0) limits.scale = WeightScale::Log1p;
    const RelationPath path{
        {{RelationKind::Supplies, StepDirection::Either, Normalizer::LogDegree, limits}}};
    EXPECT_EQ(parse_path(path.to_string()), path) << path.to_string();
  }
}

TEST(StepLimits, WhatIsUnknownOutOfPlaceOrOutOfRangeIsRefusedWithTheRemedy) {
  const std::string at = "relation path, step 1 `";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"supplies[size=3]",
       "no limit `size=3`; write confidence>=0.5, segment=, region=, from=, to= or weight="},
      {"supplies[]",
       "no limit ``; write confidence>=0.5, segment=, region=, from=, to= or weight="},
      {"supplies[from=2010,from=2011]", "`from=` stands twice; keep one"},
      {"supplies[confidence>=1.5]", "confidence>=1.5 is not a number in [0, 1]"},
      {"supplies[confidence>=nan]", "confidence>=nan is not a number in [0, 1]"},
      {"owns[segment=a]", "only supplies has a segment; take segment= away from owns"},
      {"supplies[segment=]", "segment= names no segment"},
      {"supplies[region=abc]", "region=abc is not a region code of 2, 4 or 6 digits"},
      {"supplies[from=soon]", "`from=soon` is not a date; write 2010, 2010-05 or 2010-05-17"},
      {"supplies[from=2015,to=2010]", "from=2015 is after to=2010; swap them"},
      {"owns[weight=amount]", "owns has no weight `amount`; it has share, log1p(share)"},
      {"serves[weight=share]", "serves states no number to weigh by; take weight= away"},
      {"supplies[from=2010", "the bracket is not closed; write ] behind the limits"},
      {"supplies[segment=\"a]", "the bracket is not closed; write ] behind the limits"},
  };
  for (const auto& [path, message] : cases) {
    const Text refused = refusal(path);
    EXPECT_EQ(refused.en, at + path + "`: " + message);
    EXPECT_TRUE(refused.zh.starts_with("关联路径第 1 步“")) << refused.zh;
  }
  EXPECT_EQ(refusal("supplies[from=2010]deg").en,
            at +
                "supplies[from=2010]deg`: `deg` stands behind the bracket; write /deg, /sqrt, /log "
                "or nothing there");
}

TEST(StepLimits, AYearAndAMonthInItAreInOrder) {
  EXPECT_EQ(parse_path("owns[from=2010-05,to=2010]").to_string(), "owns[from=2010-05,to=2010]");
}

TEST(StepLimits, ReversedKeepsLimitsButForARegion) {
  EXPECT_EQ(reversed(parse_path("supplies[from=2010].~supplies[from=2010]/deg"))->to_string(),
            "supplies[from=2010].~supplies[from=2010]/deg");
  EXPECT_FALSE(reversed(parse_path("supplies.~supplies[from=2010]/deg")));
  EXPECT_FALSE(reversed(parse_path("owns[region=50]")));
}

}  // namespace
}  // namespace liantu
