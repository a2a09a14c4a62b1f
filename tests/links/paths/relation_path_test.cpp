#include "liantu/links/paths/relation_path.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

using enum RelationKind;
using enum StepDirection;
using enum Normalizer;

RelationPath path_of(std::vector<PathStep> steps) { return RelationPath{std::move(steps)}; }

/// The messages of the error that a text is refused with.
Text refusal(const std::string& text) {
  try {
    const RelationPath path = parse_path(text);
    ADD_FAILURE() << text << " was read as " << path.to_string();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(error.what(), error.message().en);
    return error.message();
  }
  return {};
}

const std::string kRelationsEn =
    "relations are supplies, makes, trades, requires, part_of, owns, serves, member_of, "
    "cooperates, stands_on; paths with a name, to be given alone, are common_neighbors, "
    "adamic_adar, resource_allocation, l3, directed_l3, directed_l5, complement";
const std::string kRelationsZh =
    "可用的关系有：supplies（供货）、makes（主营）、trades（经销）、requires（需要）、"
    "part_of（属于）、owns（持股）、serves（任职）、member_of（加入）、cooperates（合作）、"
    "stands_on（落户）；可单独使用的路径名有：common_neighbors、adamic_adar、"
    "resource_allocation、l3、directed_l3、directed_l5、complement";

TEST(RelationPath, StepsDirectionsAndNormalizersAreRead) {
  EXPECT_EQ(parse_path("supplies.~supplies/sqrt.-cooperates/deg.~owns/log"),
            path_of({{Supplies, Forward, None},
                     {Supplies, Backward, SqrtDegree},
                     {Cooperates, Either, Degree},
                     {Owns, Backward, LogDegree}}));
}

TEST(RelationPath, MiddleDotsAndBlanksAreUnderstood) {
  EXPECT_EQ(parse_path(" supplies · ~ supplies / sqrt\t.\u3000supplies\u00a0/sqrt\r\n"),
            parse_path("supplies.~supplies/sqrt.supplies/sqrt"));
}

TEST(RelationPath, ARelationMayBeNamedInChinese) {
  EXPECT_EQ(parse_path("主营·~需要·~主营"), parse_path("complement"));
}

TEST(RelationPath, EveryNamedPathIsReadByItsNameAndHasItsSource) {
  std::vector<std::string> lines;
  for (const NamedPath& named : named_paths()) {
    EXPECT_EQ(parse_path(named.name), parse_path(named.path));
    EXPECT_EQ(parse_path(named.name).to_string(), named.path);
    lines.push_back(std::string(named.name) + " " + std::string(named.path) + " " +
                    std::string(named.source));
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "common_neighbors -supplies.-supplies doi:10.1002/asi.20591",
                       "adamic_adar -supplies.-supplies/log doi:10.1016/S0378-8733(03)00009-1",
                       "resource_allocation -supplies.-supplies/deg doi:10.1140/epjb/e2009-00335-8",
                       "l3 -supplies.-supplies/sqrt.-supplies/sqrt doi:10.1038/s41467-019-09177-y",
                       "directed_l3 supplies.~supplies/sqrt.supplies/sqrt "
                       "doi:10.3389/fdata.2021.666712",
                       "directed_l5 "
                       "supplies.~supplies/sqrt.supplies/sqrt.~supplies/sqrt.supplies/sqrt "
                       "doi:10.3389/fdata.2021.666712",
                       "complement makes.~requires.~makes doi:10.14778/3402707.3402736",
                   }));
}

TEST(RelationPath, EveryStepThatParsesIsWrittenTheWayItIsRead) {
  for (const RelationKind relation : kRelationKinds) {
    for (const StepDirection direction : {Forward, Backward, Either}) {
      for (const Normalizer normalizer : {None, Degree, SqrtDegree, LogDegree}) {
        const RelationPath path = path_of({{relation, direction, normalizer}});
        EXPECT_EQ(parse_path(path.to_string()), path) << path.to_string();
      }
    }
  }
}

TEST(RelationPath, SeededPathsAreReadBackOrRefusedWhereKindsDoNotMeet) {
  std::mt19937 random(7);
  int read = 0;
  for (int round = 0; round < 2000; ++round) {
    RelationPath path;
    const std::size_t length = 1 + random() % 8;
    for (std::size_t i = 0; i < length; ++i) {
      const RelationKind relation = kRelationKinds[random() % kRelationKinds.size()];
      const auto direction = static_cast<StepDirection>(random() % 3);
      const auto normalizer = static_cast<Normalizer>(random() % 4);
      path.steps.push_back({relation, direction, normalizer});
    }
    // By definition: is there a sequence of kinds along which every step may walk?
    std::vector<EntityKind> at(kEntityKinds.begin(), kEntityKinds.end());
    for (const PathStep& step : path.steps) {
      std::vector<EntityKind> next;
      for (const EntityKind b : kEntityKinds) {
        bool reached = false;
        for (const EntityKind a : at) {
          reached |= step.direction != Backward && relation_allows(step.relation, a, b);
          reached |= step.direction != Forward && relation_allows(step.relation, b, a);
        }
        if (reached) next.push_back(b);
      }
      at = next;
    }
    if (at.empty()) {
      EXPECT_THROW((void)parse_path(path.to_string()), Error) << path.to_string();
    } else {
      EXPECT_EQ(parse_path(path.to_string()), path);
      ++read;
    }
  }
  EXPECT_GT(read, 200);
}

TEST(RelationPath, EightStepsAreReadAndNineRefused) {
  std::string text = "owns";
  for (int i = 1; i < 8; ++i) text += ".owns";
  EXPECT_EQ(parse_path(text), path_of(std::vector<PathStep>(8, {Owns, Forward, None})));
  EXPECT_EQ(refusal(text + ".~owns"),
            (Text{"relation path, step 9 `~owns`: a path has at most 8 steps, this one has 9; "
                  "shorten it",
                  "关联路径第 9 步“~owns”：一条路径最多 8 步，这条有 9 步；请缩短"}));
}

TEST(RelationPath, AnEmptyTextIsRefusedWithTheNames) {
  const Text expected{
      "the relation path is empty; write steps such as supplies.~supplies, or one of the names "
      "common_neighbors, adamic_adar, resource_allocation, l3, directed_l3, directed_l5, "
      "complement",
      "关联路径为空；请写出各步，例如 supplies.~supplies，或使用路径名：common_neighbors、"
      "adamic_adar、resource_allocation、l3、directed_l3、directed_l5、complement"};
  EXPECT_EQ(refusal(""), expected);
  EXPECT_EQ(refusal(" \u3000\t"), expected);
}

TEST(RelationPath, ASegmentThatIsNotUtf8IsRefused) {
  EXPECT_EQ(refusal("owns.supplies[segment=\"\xB5\"]").en,
            "relation path, step 2 `supplies[segment=\"\uFFFD\"]`: the name of its segment is not "
            "UTF-8; write it in UTF-8");
}

TEST(RelationPath, AnUnknownRelationIsRefusedWithTheKnownOnes) {
  EXPECT_EQ(refusal("makes.~buys/deg"),
            (Text{"relation path, step 2 `~buys/deg`: no relation `buys`; " + kRelationsEn,
                  "关联路径第 2 步“~buys/deg”：没有名为“buys”的关系；" + kRelationsZh}));
}

TEST(RelationPath, AnEmptyStepANameInsideAPathAndADoubleMarkAreUnknownRelations) {
  for (const auto& [text, step, relation] :
       std::vector<std::array<std::string, 3>>{{"makes.", "step 2 ``", "``"},
                                               {".makes", "step 1 ``", "``"},
                                               {"owns..owns", "step 2 ``", "``"},
                                               {"l3.supplies", "step 1 `l3`", "`l3`"},
                                               {"~~owns", "step 1 `~~owns`", "`~owns`"},
                                               {"-", "step 1 `-`", "``"},
                                               {"/deg", "step 1 `/deg`", "``"},
                                               {"Supplies", "step 1 `Supplies`", "`Supplies`"}}) {
    EXPECT_EQ(refusal(text).en,
              "relation path, " + step + ": no relation " + relation + "; " + kRelationsEn);
  }
}

TEST(RelationPath, AnUnknownNormalizerIsRefusedWithTheKnownOnes) {
  EXPECT_EQ(refusal("owns/cube"),
            (Text{"relation path, step 1 `owns/cube`: no normaliser `/cube`; write /deg, /sqrt, "
                  "/log or none",
                  "关联路径第 1 步“owns/cube”：没有“/cube”这种归一方式；请写 /deg、/sqrt、/log "
                  "之一，或不写"}));
  EXPECT_NE(refusal("owns/").en.find("no normaliser `/`;"), std::string::npos);
  EXPECT_NE(refusal("owns/deg/log").en.find("no normaliser `/deg/log`;"), std::string::npos);
}

TEST(RelationPath, AStepThatLeavesNoKindAtWhichTheOneBeforeArrivesIsRefused) {
  EXPECT_EQ(refusal("makes.owns"),
            (Text{"relation path, step 2 `owns`: it leaves firm, person, but `makes` before it "
                  "arrives at segment; put a step between them or turn one round with ~",
                  "关联路径第 2 步“owns”：这一步从企业、人员出发，而前一步“makes”到达的是环节；"
                  "请在两步之间补一步，或用 ~ 反向走其中一步"}));
}

TEST(RelationPath, KindsAreFollowedAlongTheWholePath) {
  // `-makes` can end at firms and at segments, but after `makes` it can only lead back to firms.
  EXPECT_EQ(parse_path("-makes.requires").steps.size(), 2U);
  EXPECT_EQ(
      refusal("makes.-makes.requires").en,
      "relation path, step 3 `requires`: it leaves segment, but `-makes` before it arrives at "
      "firm; put a step between them or turn one round with ~");
}

TEST(RelationPath, BytesThatAreNoTextAndEndlessWordsDoNotSpoilTheMessage) {
  EXPECT_EQ(refusal("a\xff").en,
            "relation path, step 1 `a\ufffd`: no relation `a\ufffd`; " + kRelationsEn);
  EXPECT_LT(refusal(std::string(100000, 'x')).en.size(), 1000U);
}

TEST(RelationPath, AJoinIsFollowedFromTheKindItStartsAt) {
  using enum EntityKind;
  EXPECT_TRUE(path_joins(parse_path("complement"), Firm, Firm));
  EXPECT_FALSE(path_joins(parse_path("complement"), Person, Firm));
  EXPECT_TRUE(path_joins(parse_path("makes"), Firm, Segment));
  EXPECT_FALSE(path_joins(parse_path("makes"), Firm, Firm));
}

TEST(RelationPath, ReversedIsWalkedFromTheOtherEnd) {
  const auto turned = [](std::string_view path) {
    const auto result = reversed(parse_path(path));
    return result ? result->to_string() : "none";
  };
  EXPECT_EQ(turned("directed_l3"), "~supplies.supplies/sqrt.~supplies/sqrt");
  EXPECT_EQ(turned("makes.~requires.~makes"), "makes.requires.~makes");
  EXPECT_EQ(turned("-supplies.-supplies/deg"), "-supplies.-supplies/deg");
  EXPECT_EQ(turned("owns"), "~owns");
  // The degree of where a path starts has no step there, that of `~requires` none that walks it.
  EXPECT_EQ(turned("supplies/deg"), "none");
  EXPECT_EQ(turned("makes.~requires/sqrt.~makes"), "none");
}

}  // namespace
}  // namespace liantu
