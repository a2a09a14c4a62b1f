#include "ingest/rows/bill_of_materials.hpp"

#include <string>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/relation_lines.hpp"

namespace liantu {
namespace {

TEST(BillOfMaterials, CoefficientsOfABillOfMaterialsAreCostsOverThePriceOfTheProduct) {
  // 电池 of 500 yuan: 2 m² of 隔膜 at 30 and again 1 m² at 30: 90 / 500; 0.5 kg of 铜箔 at 80.
  const IngestResult result = read_files({{"物料清单.csv",
                                           "产品,物料,用量,单价,产品单价\n"
                                           "电池,隔膜,2,30,500\n"
                                           "电池,铜箔,0.5,80元,\n"
                                           "电池,隔膜,1,30,500\n"}});
  EXPECT_EQ(relation_lines(result, RelationKind::Requires),
            (Lines{"电池 → 隔膜 0.18 stated 物料清单.csv:2 1.00",
                   "电池 → 铜箔 0.08 stated 物料清单.csv:3 1.00"}));
  EXPECT_EQ(result.tables[0].used, 3U);
  EXPECT_TRUE(result.problems.empty());
}

TEST(BillOfMaterials, ABillOfMaterialsSaysWhatItLacks) {
  const IngestResult result = read_files({{"物料清单.csv",
                                           "产品,物料,用量,单价,产品单价,用量单位,计价单位\n"
                                           "电池,隔膜,2,30,,,\n"
                                           "电池,铜箔,1,80,,,\n"
                                           "电机,铜线,3,60,900,千克,吨\n"
                                           "电机,磁钢,,60,,,\n"
                                           "风机,叶片,1,5,50,,\n"
                                           "风机,电机,1,9,60,,\n"
                                           "水泵,电机,-1,9,60,,\n"}});
  EXPECT_EQ(
      relation_lines(result, RelationKind::Requires),
      (Lines{"电池 → 隔膜 stated 物料清单.csv:2 1.00", "电池 → 铜箔 stated 物料清单.csv:3 1.00",
             "电机 → 铜线 stated 物料清单.csv:4 1.00", "电机 → 磁钢 stated 物料清单.csv:5 1.00",
             "风机 → 电机 stated 物料清单.csv:7 1.00", "风机 → 叶片 stated 物料清单.csv:6 1.00",
             "水泵 → 电机 stated 物料清单.csv:8 1.00"}));
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 物料清单.csv:2:1 product-price 产品=电池",
                                              "Warning 物料清单.csv:4:19 mixed-units 计价单位=吨",
                                              "Warning 物料清单.csv:5:7 bill-of-materials 用量=",
                                              "Warning 物料清单.csv:7:1 product-price 产品=风机",
                                              "Warning 物料清单.csv:8:7 number 用量=-1"}));
}

TEST(BillOfMaterials, APriceOfNothingGivesNoCoefficientAndIsToldOnce) {
  const IngestResult result = read_files({{"物料清单.csv",
                                           "产品,物料,用量,单价,产品单价\n"
                                           "电池,隔膜,2,0,500\n"
                                           "电池,铜箔,1,80,\n"
                                           "电机,铜线,3,60,0\n"
                                           "水泵,叶片,3,60,9美元\n"}});
  EXPECT_EQ(
      relation_lines(result, RelationKind::Requires),
      (Lines{"电池 → 隔膜 stated 物料清单.csv:2 1.00",
             "电池 → 铜箔 0.16 stated 物料清单.csv:3 1.00",
             "电机 → 铜线 stated 物料清单.csv:4 1.00", "水泵 → 叶片 stated 物料清单.csv:5 1.00"}));
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 物料清单.csv:2:9 zero-price 单价=0",
                   "Warning 物料清单.csv:4:12 zero-price 产品单价=0",
                   "Warning 物料清单.csv:5:12 currency 产品单价=9美元"}));
}

TEST(BillOfMaterials, ARequirementMayStateItsImportShareAndNoNegativeCoefficient) {
  const IngestResult result = read_files(
      {{"需要.csv", "产品,投入品,投入系数,进口份额\n电池,隔膜,0.2,30%\n电池,铜箔,-0.1,\n"}});
  EXPECT_EQ(relation_lines(result, RelationKind::Requires),
            (Lines{"电池 → 隔膜 0.2 imports 0.3 stated 需要.csv:2 1.00",
                   "电池 → 铜箔 stated 需要.csv:3 1.00"}));
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].place.to_string(), "需要.csv:3:7");
}

}  // namespace
}  // namespace liantu
