#include "liantu/ingest/sectors/concordance.hpp"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/values/industry.hpp"

namespace liantu {
namespace {

std::string sector_name(std::string_view industry, SectorScheme scheme) {
  const auto sector = sector_of(industry, scheme);
  return sector ? std::string(sectors(scheme)[*sector].zh) : "";
}

TEST(Concordance, EveryClassIsMappedAndEverySectorReached) {
  for (const SectorScheme scheme : kSectorSchemes) {
    std::set<std::size_t> reached;
    for (const Industry& one : industries()) {
      if (one.level() != IndustryLevel::Class) continue;
      const auto sector = sector_of(one.code, scheme);
      ASSERT_TRUE(sector) << one.code;
      ASSERT_LT(*sector, sectors(scheme).size()) << one.code;
      reached.insert(*sector);
    }
    EXPECT_EQ(reached.size(), sectors(scheme).size());
  }
}

TEST(Concordance, FinerSectorsLieInsideCoarserOnes) {
  for (const SectorScheme fine : {SectorScheme::China149, SectorScheme::China153}) {
    std::vector<std::set<std::size_t>> coarse(sectors(fine).size());
    for (const Industry& one : industries()) {
      if (one.level() != IndustryLevel::Class) continue;
      coarse[*sector_of(one.code, fine)].insert(*sector_of(one.code, SectorScheme::China42));
    }
    for (const auto& of : coarse) EXPECT_EQ(of.size(), 1U);
  }
}

TEST(Concordance, SectorsAreWhatTheirNamesSay) {
  using enum SectorScheme;
  struct Case {
    const char* industry;
    const char* of42;
    const char* of149;
    const char* of153;
  };
  for (const Case& one : {
           Case{"C3670", "交通运输设备", "汽车零部件及配件", "汽车零部件及配件"},
           Case{"C3140", "金属冶炼和压延加工品", "铁及铁合金产品", "铁及铁合金产品"},
           Case{"C3461", "通用设备", "其他通用设备", "烘炉、风机、包装等设备"},
           Case{"C3581", "专用设备", "其他专用设备", "医疗仪器设备及器械"},
           Case{"C1951", "纺织服装鞋帽皮革羽绒及其制品", "鞋", "鞋"},
           Case{"C4220", "其他制造产品和废品废料", "废弃资源和废旧材料回收加工品",
                "废弃资源和废旧材料回收加工品"},
           Case{"E4710", "建筑", "房屋建筑", "住宅房屋建筑"},
           Case{"E4813", "建筑", "土木工程建筑", "铁路、道路、隧道和桥梁工程建筑"},
           Case{"G5611", "交通运输、仓储和邮政", "航空旅客运输", "航空旅客运输"},
           Case{"G5612", "交通运输、仓储和邮政", "航空货物运输和运输辅助活动",
                "航空货物运输和运输辅助活动"},
           Case{"I6520", "信息传输、软件和信息技术服务", "信息技术服务", "信息技术服务"},
           Case{"J6930", "金融", "货币金融和其他金融服务", "货币金融和其他金融服务"},
           Case{"S9411", "公共管理、社会保障和社会组织", "社会保障", "社会保障"},
       }) {
    EXPECT_EQ(sector_name(one.industry, China42), one.of42) << one.industry;
    EXPECT_EQ(sector_name(one.industry, China149), one.of149) << one.industry;
    EXPECT_EQ(sector_name(one.industry, China153), one.of153) << one.industry;
  }
}

TEST(Concordance, ACodeAboveTheClassHasASectorWhenAllItsClassesShareOne) {
  EXPECT_EQ(sector_name("C36", SectorScheme::China42), "交通运输设备");
  EXPECT_EQ(sector_of("C36", SectorScheme::China153), std::nullopt);
  EXPECT_EQ(sector_name("C367", SectorScheme::China153), "汽车零部件及配件");
  EXPECT_EQ(sector_name("P", SectorScheme::China153), "教育");
  EXPECT_EQ(sector_of("C", SectorScheme::China42), std::nullopt);
  EXPECT_EQ(sector_of("", SectorScheme::China42), std::nullopt);
  EXPECT_EQ(sector_of("9999", SectorScheme::China42), std::nullopt);
}

TEST(Concordance, ATableIsRecognisedByNineInTenOfItsNames) {
  std::vector<std::array<std::string, 2>> names;
  for (const Sector& one : sectors(SectorScheme::China42)) {
    names.push_back({std::string(one.zh), ""});
  }
  EXPECT_EQ(recognize_scheme(names), SectorScheme::China42);
  for (auto& name : names) name = {"", name[0]};
  EXPECT_EQ(recognize_scheme(names), SectorScheme::China42);
  for (std::size_t i = 0; i < 4; ++i) names[i] = {"", "x"};
  EXPECT_EQ(recognize_scheme(names), SectorScheme::China42);
  names[4] = {"", "x"};  // 37 of 42
  EXPECT_EQ(recognize_scheme(names), std::nullopt);
  names.clear();
  EXPECT_EQ(recognize_scheme(names), std::nullopt);
  for (const Sector& one : sectors(SectorScheme::China153)) {
    names.push_back({std::string(one.en), std::string(one.code)});
  }
  EXPECT_EQ(recognize_scheme(names), SectorScheme::China153);
}

}  // namespace
}  // namespace liantu
