#include "ingest/who/firm_registry.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/values/credit_code.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

static void PrintTo(const FirmIdentity& identity, std::ostream* out) {
  *out << "{kind " << static_cast<int>(identity.kind) << ", firm " << identity.firm
       << ", other name " << identity.other_name << ", count " << identity.count << ", code "
       << identity.code << "}";
}

namespace {

using enum FirmIdentity::Kind;
using Ids = EntityIndex::Ids;

// Codes of firms that cannot exist.
std::string sound_code() {
  std::string code = "91500104MA5U00000";
  for (const char c : std::string_view("0123456789X")) {
    code[16] = c;
    if (read_firm_code(code.substr(8)).kind == FirmCodeKind::OrganizationCode) break;
  }
  return code + *credit_code_check_digit(code);
}

std::string registration_number() {
  std::string number = "500104000000000";
  while (!read_firm_code(number).check_fits) ++number.back();
  return number;
}

class FirmIdentities : public testing::Test {
 protected:
  GraphBuilder builder_;
  FirmRegistry firms_{builder_};
};

TEST_F(FirmIdentities, CodeDecidesBeforeName) {
  firms_.add("示例甲有限公司", "C1", {});
  firms_.add("示例乙有限公司", "C2", {});
  EXPECT_EQ(firms_.identify("示例甲有限公司", "C1", {}),
            (FirmIdentity{SameCode, 0, false, 0, "C1"}));
  EXPECT_EQ(firms_.identify("示例甲有限公司", "C2", {}),
            (FirmIdentity{SameCode, 1, true, 0, "C2"}));
}

TEST_F(FirmIdentities, NamesAreComparedNormalised) {
  firms_.add("示例（重庆）有限责任公司", "", {});
  EXPECT_EQ(firms_.identify("示例(重庆) 有限公司", "", {}),
            (FirmIdentity{SameName, 0, false, 0, ""}));
  EXPECT_EQ(firms_.identify("示例丙有限公司", "", {}), FirmIdentity{});
}

TEST_F(FirmIdentities, OtherNamesAreTheFirmsOrTheRows) {
  firms_.add("示例甲有限公司", "", {});
  firms_.add_alias("旧名有限公司", 0);
  const FirmIdentity renamed{SameName, 0, true, 0, ""};
  EXPECT_EQ(firms_.identify("旧名有限公司", "", {}), renamed);
  EXPECT_EQ(firms_.identify("新名有限公司", "", std::vector<std::string_view>{"示例甲有限公司"}),
            renamed);
}

TEST_F(FirmIdentities, NameGoesBeforeOtherNames) {
  firms_.add("示例甲有限公司", "", {});
  firms_.add("示例乙有限公司", "", {});
  firms_.add_alias("示例乙有限公司", 0);
  EXPECT_EQ(firms_.identify("示例乙有限公司", "", {}), (FirmIdentity{SameName, 1, false, 0, ""}));
}

TEST_F(FirmIdentities, OtherNameOfSeveralIsAmbiguous) {
  firms_.add("示例甲有限公司", "", {});
  firms_.add("示例乙有限公司", "", {});
  firms_.add_alias("示例", 0);
  firms_.add_alias("示例", 1);
  EXPECT_EQ(firms_.identify("示例", "", {}), (FirmIdentity{Ambiguous, 0, false, 2, ""}));
  EXPECT_EQ(firms_.called("示例"), (Ids{0, 1}));
}

TEST_F(FirmIdentities, TwoCodesAreTwoFirms) {
  firms_.add("示例甲有限公司", "C1", {});
  EXPECT_EQ(firms_.identify("示例甲有限公司", "C2", {}),
            (FirmIdentity{Namesake, 0, false, 0, "C2"}));
}

TEST_F(FirmIdentities, FirmWithoutCodeTakesOne) {
  firms_.add("示例甲有限公司", "", {});
  EXPECT_EQ(firms_.identify("示例甲有限公司", "C1", {}),
            (FirmIdentity{SameName, 0, false, 0, "C1"}));
  firms_.set_code(0, "C1");
  firms_.set_code(0, "C2");
  EXPECT_EQ(firms_.called("C1"), Ids{0});
  EXPECT_EQ(firms_.called("C2"), Ids{});
  const EnterpriseGraph graph = builder_.build();
  EXPECT_EQ(graph.text(graph.entity(FirmId{0}), EntityText::Code), "C1");
}

TEST_F(FirmIdentities, OrganizationCodeIsThatOfItsCreditCode) {
  const std::string credit = sound_code();
  const std::string organization = credit.substr(8, 9);
  ASSERT_EQ(read_firm_code(organization).kind, FirmCodeKind::OrganizationCode);
  firms_.add("示例甲有限公司", credit, {});
  EXPECT_EQ(firms_.called(organization), Ids{0});
  EXPECT_EQ(firms_.identify("另一名称有限公司", organization, {}).kind, SameCode);
}

TEST_F(FirmIdentities, CreditCodeTakesThePlaceOfAShorterOne) {
  const std::string credit = sound_code();
  const std::string number = registration_number();
  firms_.learn_code("示例甲有限公司", number);
  firms_.learn_code("示例甲有限公司", credit);
  firms_.add("示例甲有限公司", number, {});
  EXPECT_EQ(firms_.identify("示例甲有限公司", "", {}).code, credit) << "one firm's, both";
  EXPECT_EQ(firms_.identify("示例甲有限公司", credit, {}).kind, SameName);
  firms_.set_code(0, credit);
  EXPECT_EQ(firms_.called(number), Ids{0});
  EXPECT_EQ(firms_.called(credit), Ids{0});
  EXPECT_EQ(firms_.code(0), credit);
}

TEST_F(FirmIdentities, OddCodeCountsWhereTheNameHasNoRightOne) {
  const std::string right = sound_code();
  std::string odd = right;
  odd.back() = right.back() == '1' ? '2' : '1';
  firms_.learn_code("示例甲有限公司", odd);
  EXPECT_EQ(firms_.identify("示例甲有限公司", "", {}).code, odd);
  firms_.learn_code("示例甲有限公司", right);
  EXPECT_EQ(firms_.identify("示例甲有限公司", odd, {}).code, right);
  EXPECT_EQ(firms_.identify("示例乙有限公司", odd, {}).code, odd);
}

TEST_F(FirmIdentities, OtherLegalFormIsSimilarOnly) {
  firms_.add("示例甲有限公司", "", {});
  EXPECT_EQ(firms_.identify("示例甲股份有限公司", "", {}),
            (FirmIdentity{SimilarName, 0, false, 0, ""}));
  EXPECT_EQ(firms_.identify("示例甲", "", {}), FirmIdentity{});
  EXPECT_EQ(firms_.similar("示例甲"), Ids{0});
}

TEST_F(FirmIdentities, LearnedCodeIsTheNamesWhateverTheOrder) {
  std::vector<std::pair<std::string, std::string>> rows = {{"示例甲有限公司", "C1"},
                                                           {"示例甲有限责任公司", "C1"},
                                                           {"示例乙有限公司", "C2"},
                                                           {"示例乙有限公司", "C3"}};
  std::ranges::sort(rows);
  do {
    GraphBuilder builder;
    FirmRegistry firms(builder);
    for (const auto& [name, code] : rows) firms.learn_code(name, code);
    EXPECT_EQ(firms.identify("示例甲有限公司", "", {}), (FirmIdentity{New, 0, false, 0, "C1"}));
    EXPECT_EQ(firms.identify("示例乙有限公司", "", {}), (FirmIdentity{Ambiguous, 0, false, 2, ""}));
    EXPECT_EQ(firms.identify("示例乙有限公司", "C3", {}), (FirmIdentity{New, 0, false, 0, "C3"}));
  } while (std::ranges::next_permutation(rows).found);
}

TEST_F(FirmIdentities, WordsMayBeCodeNameOrKey) {
  firms_.add("示例甲有限公司", "91500104MA5U6KQ03X", {});
  firms_.add("示例乙有限公司", "", {});
  firms_.add_key("600373", 1);
  EXPECT_EQ(firms_.called("91500104ma5u6kq03x"), Ids{0});
  EXPECT_EQ(firms_.called("示例甲有限责任公司"), Ids{0});
  EXPECT_EQ(firms_.called("600373"), Ids{1});
  EXPECT_EQ(firms_.called("示例丙"), Ids{});
}

TEST_F(FirmIdentities, OriginIsTheRowAddedFor) {
  Provenance from;
  from.row = 17;
  firms_.add("示例甲有限公司", "", from);
  EXPECT_EQ(firms_.origin(0), from);
}

}  // namespace
}  // namespace liantu
