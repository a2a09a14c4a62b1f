#include "liantu/projects/stage.hpp"

#include <gtest/gtest.h>

#include "liantu/base/files/fill_in.hpp"

namespace liantu {
namespace {

TEST(LedgerStages, AreReadInBothLanguagesAndAsPeopleSayThem) {
  EXPECT_EQ(parse_stage(SubjectKind::Project, "开工"), LedgerStage::Started);
  EXPECT_EQ(parse_stage(SubjectKind::Project, " started "), LedgerStage::Started);
  EXPECT_EQ(parse_stage(SubjectKind::Project, "达产"), LedgerStage::Effective);
  EXPECT_EQ(parse_stage(SubjectKind::Project, "竣工"), LedgerStage::Built);
  EXPECT_EQ(parse_stage(SubjectKind::Contact, "已接触"), LedgerStage::Contacted);
  EXPECT_EQ(parse_stage(SubjectKind::Contact, "签约"), LedgerStage::ContactSigned);
  EXPECT_EQ(parse_stage(SubjectKind::Project, "签约"), LedgerStage::Signed);
  EXPECT_FALSE(parse_stage(SubjectKind::Contact, "开工"));
  EXPECT_FALSE(parse_stage(SubjectKind::Team, "签约"));
  EXPECT_FALSE(parse_stage(SubjectKind::Project, ""));
  EXPECT_FALSE(parse_stage(SubjectKind::Project, "已开工 开建"));
}

TEST(LedgerStages, EveryWordIsReadBack) {
  for (const SubjectKind kind : {SubjectKind::Contact, SubjectKind::Project}) {
    for (const LedgerStage stage : stages_of(kind)) {
      EXPECT_EQ(stage_of(stage), kind);
      EXPECT_EQ(parse_stage(kind, stage_word(stage)), stage);
      EXPECT_EQ(parse_stage(kind, stage_text(stage).en), stage);
      EXPECT_EQ(parse_stage(kind, stage_text(stage).zh), stage);
    }
  }
  EXPECT_TRUE(stages_of(SubjectKind::Team).empty());
}

TEST(LedgerStages, HoldEveryChoiceOfTheProspectList) {
  for (const FillIn& column : fill_in_columns()) {
    if (column.key != "stage") continue;
    for (const Text& choice : column.choices) {
      EXPECT_TRUE(parse_stage(SubjectKind::Contact, choice.zh)) << choice.zh;
      EXPECT_TRUE(parse_stage(SubjectKind::Contact, choice.en)) << choice.en;
    }
  }
}

TEST(LedgerStages, FollowEachOtherUntilTheyEnd) {
  EXPECT_EQ(next_stage(LedgerStage::Signed), LedgerStage::Started);
  EXPECT_EQ(next_stage(LedgerStage::Producing), LedgerStage::Effective);
  EXPECT_FALSE(next_stage(LedgerStage::Effective));
  EXPECT_FALSE(next_stage(LedgerStage::Ended));
  EXPECT_FALSE(next_stage(LedgerStage::ContactSigned));
  EXPECT_TRUE(ends(LedgerStage::Lost));
  EXPECT_TRUE(ends(LedgerStage::Ended));
  EXPECT_FALSE(ends(LedgerStage::Effective));
}

TEST(SubjectKinds, AreReadInBothLanguages) {
  EXPECT_EQ(parse_subject("项目"), SubjectKind::Project);
  EXPECT_EQ(parse_subject("contact"), SubjectKind::Contact);
  EXPECT_EQ(parse_subject("招商单位"), SubjectKind::Team);
  EXPECT_FALSE(parse_subject("企业"));
}

}  // namespace
}  // namespace liantu
