#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

using Firms = std::vector<std::string_view>;

TEST(FirmNameParts, PlaceBrandTradeAndForm) {
  const struct {
    std::string_view name, place, brand, trade, form;
  } cases[] = {
      {"重庆示例机械制造有限公司", "重庆", "示例", "机械制造", "有限公司"},
      {"重庆市大渡口区示例电子科技有限责任公司", "重庆市大渡口区", "示例", "电子科技", "有限公司"},
      {"示例（重庆）科技股份有限公司", "重庆", "示例", "科技", "股份有限公司"},
      {"长安汽车股份有限公司", "", "长安", "汽车", "股份有限公司"},
      {"重庆长安汽车股份有限公司", "重庆", "长安", "汽车", "股份有限公司"},
      {"永川示例机械厂", "永川", "示例", "机械", "厂"},
      {"重慶示例機械廠", "重庆", "示例", "机械", "厂"},
      {"重庆机械有限公司", "重庆", "", "机械", "有限公司"},
      {"示例合伙企业（有限合伙）", "", "示例", "", "合伙企业有限合伙"},
      {"示例（甲）厂", "", "示例甲", "", "厂"},
      {"Example Robotics Co., Ltd.", "", "examplerobotics", "", "co.,ltd"},
      {"示例", "", "示例", "", ""},
      {"重庆", "", "重庆", "", ""},
      {"", "", "", "", ""},
      {"((((", "", "", "", ""},
  };
  for (const auto& one : cases) {
    const FirmNameParts parts = split_firm_name(one.name);
    EXPECT_EQ(parts.place, one.place) << one.name;
    EXPECT_EQ(parts.brand, one.brand) << one.name;
    EXPECT_EQ(parts.trade, one.trade) << one.name;
    EXPECT_EQ(parts.form, one.form) << one.name;
  }
}

TEST(FirmsOfBranch, AreWhatStandsBeforeTheBranchsOwnWords) {
  const struct {
    std::string_view name;
    Firms firms;
  } cases[] = {
      {"宁波示例有限公司重庆分公司", {"宁波示例有限公司"}},
      {"宁波示例有限公司(重庆)分公司", {"宁波示例有限公司"}},
      {"宁波示例有限公司分公司(重庆)", {"宁波示例有限公司"}},
      {"宁波示例有限公司重庆分公司大渡口营业部",
       {"宁波示例有限公司重庆分公司", "宁波示例有限公司"}},
      {"示例银行股份有限公司重庆大渡口支行", {"示例银行股份有限公司"}},
      {"示例水泵厂有限公司永川通用机械厂", {"示例水泵厂有限公司"}},
      {"示例水泵厂重庆分厂", {"示例水泵厂"}},
      {"示例集团重庆办事处", {"示例集团"}},
      {"示例保险股份有限公司永川支公司", {"示例保险股份有限公司"}},
      {"示例甲餐饮管理有限公司江北新世界店", {"示例甲餐饮管理有限公司"}},
      {"示例甲有限公司工会委员会", {}},
      {"示例甲有限公司", {}},
      {"重庆分公司", {}},
      {"示例集团有限公司", {}},
      {"示例甲公司乙有限公司", {}},
      {"示例甲有限公司(筹)", {}},
      {"", {}},
  };
  for (const auto& one : cases) EXPECT_EQ(firms_of_branch(one.name), one.firms) << one.name;
}

}  // namespace
}  // namespace liantu
