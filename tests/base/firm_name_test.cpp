#include "liantu/base/firm_name.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(FirmName, IsTakenApart) {
  const struct {
    std::string_view name;
    std::string_view full;
    std::string_view core;
    std::string_view form;
  } cases[] = {
      {"示例甲科技有限公司", "示例甲科技有限公司", "示例甲科技", "有限公司"},
      {"示例甲科技有限责任公司", "示例甲科技有限公司", "示例甲科技", "有限公司"},
      {"示例甲股份有限公司", "示例甲股份有限公司", "示例甲", "股份有限公司"},
      {"示例甲（重庆）有限公司", "示例甲(重庆)有限公司", "示例甲重庆", "有限公司"},
      {"示例乙橡胶厂", "示例乙橡胶厂", "示例乙橡胶", "厂"},
      {"示例丙农民专业合作社", "示例丙农民专业合作社", "示例丙", "农民专业合作社"},
      {"示例丁合伙企业（有限合伙）", "示例丁合伙企业(有限合伙)", "示例丁合伙企业有限合伙", ""},
      {"Example Robotics Co., Ltd.", "exampleroboticsco.,ltd.", "examplerobotics", "co.,ltd."},
      {"EXAMPLE ROBOTICS GmbH", "exampleroboticsgmbh", "examplerobotics", "gmbh"},
      {"示例戊", "示例戊", "示例戊", ""},
      {"厂", "厂", "厂", ""},
      {"", "", "", ""},
  };
  for (const auto& expected : cases) {
    const FirmName name = normalize_firm_name(expected.name);
    EXPECT_EQ(name.full, expected.full) << expected.name;
    EXPECT_EQ(name.core, expected.core) << expected.name;
    EXPECT_EQ(name.form, expected.form) << expected.name;
  }
}

TEST(FirmName, SpellingsOfOneNameAreEqual) {
  const std::string full = normalize_firm_name("示例甲(重庆)ABC有限公司").full;
  for (const std::string_view spelling :
       {"示例甲（重庆）ABC有限公司", "示例甲（重庆）ＡＢＣ有限公司", "示例甲 (重庆) abc有限公司",
        "　示例甲〔重庆〕ABC有限责任公司 ", "示例甲[重庆]ABC\t有限公司",
        "示例甲【重庆】Abc有限公司"}) {
    EXPECT_EQ(normalize_firm_name(spelling).full, full) << spelling;
  }
}

TEST(FirmName, CharactersThatNobodySeesMakeNoOtherName) {
  const std::string full = normalize_firm_name("示例甲厂").full;
  for (const std::string_view spelling :
       {"示例\u200B甲厂", "\uFEFF示例甲厂", "示例甲\u200D厂", "示例\u00AD甲厂", "示例甲\u2060厂",
        "\u202A示例甲厂\u202C", "示例甲厂\uFE0F", "示\x01例甲厂", "示例\u3000甲厂"}) {
    EXPECT_EQ(normalize_firm_name(spelling).full, full) << spelling;
  }
}

TEST(FirmName, NamesThatDifferInTheirFormShareTheirCoreOnly) {
  const FirmName limited = normalize_firm_name("示例甲科技有限公司");
  const FirmName shares = normalize_firm_name("示例甲科技股份有限公司");
  EXPECT_EQ(limited.core, shares.core);
  EXPECT_NE(limited.full, shares.full);
  EXPECT_NE(normalize_firm_name("示例乙科技有限公司").core, limited.core);
}

TEST(FirmName, FullNameIsItsOwnFullName) {
  for (const std::string_view name :
       {"示例甲（重庆）有限责任公司", "Example【a】Co., Ltd.", "㈱示例", "示例<乙>厂"}) {
    const std::string full = normalize_firm_name(name).full;
    EXPECT_EQ(normalize_firm_name(full).full, full) << name;
  }
}

}  // namespace
}  // namespace liantu
