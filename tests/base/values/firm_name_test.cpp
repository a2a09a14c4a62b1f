#include "liantu/base/values/firm_name.hpp"

#include <string>
#include <string_view>
#include <vector>

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
      {"示例丁合伙企业（有限合伙）", "示例丁合伙企业(有限合伙)", "示例丁", "合伙企业有限合伙"},
      {"Example Robotics Co., Ltd.", "examplerobotics,co.,ltd", "examplerobotics", "co.,ltd"},
      {"EXAMPLE ROBOTICS GmbH", "examplerobotics,gmbh", "examplerobotics", "gmbh"},
      {"示例戊", "示例戊", "示例戊", ""},
      {"厂", "厂", "厂", ""},
      {"Tesco", "tesco", "tesco", ""},
      {"Example (Ltd.)", "example,ltd", "example", "ltd"},
      {"示例 Ltd", "示例,ltd", "示例", "ltd"},
      {"Limited", "limited", "limited", ""},
      {"示例（有限）公司", "示例有限公司", "示例", "有限公司"},
      {"。、·（）", "", "", ""},
      {"\u200B\u202E", "", "", ""},
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

TEST(FirmName, OneLegalFormInAllItsAbbreviations) {
  const std::vector<std::vector<std::string_view>> forms = {
      {"Example Robotics Co., Ltd.", "EXAMPLE ROBOTICS COMPANY LIMITED", "Example Robotics Co Ltd",
       "Example Robotics Co.Ltd", "Example Robotics Co. , Ltd .", "example robotics coltd",
       "Example Robotics (Co., Ltd.)", "ＥＸＡＭＰＬＥ　ＲＯＢＯＴＩＣＳ　ＣＯ．，ＬＴＤ．",
       "Example Robotics Company Ltd", "Example Robotics Limited Company"},
      {"Example Inc.", "Example, Inc", "EXAMPLE INCORPORATED", "example inc"},
      {"Example Corp.", "Example Corporation", "EXAMPLE CORP"},
      {"Example GmbH", "Example G.m.b.H.", "EXAMPLE GMBH",
       "Example Gesellschaft mit beschränkter Haftung"},
      {"Example LLC", "Example L.L.C.", "Example Limited Liability Company"},
      {"Example PLC", "Example p.l.c.", "Example Public Limited Company"},
      {"Example Pte. Ltd.", "Example Private Limited", "EXAMPLE PTE LTD"},
      {"Example S.p.A.", "Example SpA"},
      {"Example AG", "Example Aktiengesellschaft"},
      {"Example Ltd.", "Example Limited", "Example ltd"},
  };
  std::vector<std::string> fulls;
  for (const auto& spellings : forms) {
    const std::string full = normalize_firm_name(spellings.front()).full;
    for (const std::string_view spelling : spellings) {
      EXPECT_EQ(normalize_firm_name(spelling).full, full) << spelling;
      EXPECT_EQ(normalize_firm_name(full).full, full) << spelling;
    }
    for (const std::string& other : fulls) EXPECT_NE(full, other);
    fulls.push_back(full);
  }
}

TEST(FirmName, TraditionalAndCompatibilityCharactersMakeNoOtherName) {
  const std::string full = normalize_firm_name("重庆长风龙门机械设备有限公司").full;
  for (const std::string_view spelling :
       {"重慶長風龍門機械設備有限公司", "重慶長風龍門機械設備有限責任公司",
        "重庆\u2ED3\u2EDB\u2EF0\u2ED4机械设备有限公司", "重庆⻓风\u9F8D门机械设备有限公司"}) {
    EXPECT_EQ(normalize_firm_name(spelling).full, full) << spelling;
  }
  EXPECT_NE(normalize_firm_name("乾元机械厂").full, normalize_firm_name("干元机械厂").full)
      << "both are simplified, and two firms";
  EXPECT_NE(normalize_firm_name("昇腾机械厂").full, normalize_firm_name("升腾机械厂").full);
}

TEST(FirmName, DotsDashesBracketsAndQuotesOfSeveralScriptsAreOne) {
  const std::string dot = normalize_firm_name("示例·甲有限公司").full;
  for (const std::string_view spelling :
       {"示例•甲有限公司", "示例・甲有限公司", "示例･甲有限公司", "示例‧甲有限公司",
        "示例∙甲有限公司", "示例．甲有限公司", "示例.甲有限公司", "示例。甲有限公司",
        "示例⋅甲有限公司。", "·示例·甲有限公司"}) {
    EXPECT_EQ(normalize_firm_name(spelling).full, dot) << spelling;
  }
  const std::string dash = normalize_firm_name("示例-甲厂").full;
  for (const std::string_view spelling :
       {"示例—甲厂", "示例–甲厂", "示例－甲厂", "示例‐甲厂", "示例−甲厂"}) {
    EXPECT_EQ(normalize_firm_name(spelling).full, dash) << spelling;
  }
  const std::string bracket = normalize_firm_name("示例(重庆)甲厂").full;
  for (const std::string_view spelling :
       {"示例「重庆」甲厂", "示例《重庆》甲厂", "示例〖重庆〗甲厂", "示例〈重庆〉甲厂",
        "示例{重庆}甲厂", "“示例”（重庆）甲厂", "'示例'(重庆)甲厂"}) {
    EXPECT_EQ(normalize_firm_name(spelling).full, bracket) << spelling;
  }
  EXPECT_NE(normalize_firm_name("示例3.5厂").full, normalize_firm_name("示例35厂").full);
}

TEST(FirmName, AMegabyteOfAnyScriptIsReadOnce) {
  const std::string_view scripts[] = {"示例",   "Example ", "пример", "مثال", "דוגמה",
                                      "उदाहरण", "ตัวอย่าง",   "例え",   "예시", "παράδειγμα",
                                      "\u202E", "·",        "（"};
  for (const std::string_view script : scripts) {
    std::string name;
    while (name.size() < (std::size_t{1} << 20)) name += script;
    const FirmName read = normalize_firm_name(name);
    EXPECT_LE(read.full.size(), name.size() + 16) << script;
    (void)split_firm_name(name);
    (void)firms_of_branch(read.full);
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
