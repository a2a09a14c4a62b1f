#include "liantu/prospects/firms/availability.hpp"

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

MayCome may_come(const EnterpriseGraph& graph, std::string_view name) {
  District district;
  district.region = RegionCode{500104};
  return availability(graph, test::firm(graph, name), district).may;
}

TEST(Availability, IsDecidedByStatusThenPresenceThenPlace) {
  const EnterpriseGraph graph = test::sketch(R"(
    本地{region=500104}; 邻区{region=500112}; 外地{region=440305}; 何处
    注销者{region=440305,status=已注销}; 清算者{region=440305,status=清算中}
    吊销者{region=440305,status=吊销，未注销}; 停业者{region=440305,status=停业}
    祖{region=440305} -owns{share=0.9}-> 父{region=440305} -owns{share=0.6}-> 本地
    小股东{region=440305} -owns{share=0.2}-> 本地
  )");
  EXPECT_EQ(may_come(graph, "本地"), MayCome::Inside);
  EXPECT_EQ(may_come(graph, "邻区"), MayCome::Home);
  EXPECT_EQ(may_come(graph, "外地"), MayCome::Yes);
  EXPECT_EQ(may_come(graph, "何处"), MayCome::Unlocated);
  EXPECT_EQ(may_come(graph, "注销者"), MayCome::StruckOff);
  EXPECT_EQ(may_come(graph, "清算者"), MayCome::Closing);
  EXPECT_EQ(may_come(graph, "吊销者"), MayCome::Closing);
  // Whether one that rests may be called is for the policy to say.
  EXPECT_EQ(may_come(graph, "停业者"), MayCome::Yes);
  EXPECT_EQ(may_come(graph, "祖"), MayCome::Present);
  EXPECT_EQ(may_come(graph, "父"), MayCome::Present);
  EXPECT_EQ(may_come(graph, "小股东"), MayCome::Yes);
}

TEST(Availability, TellsWhatAFirmHasHere) {
  const EnterpriseGraph graph = test::sketch(
      "宁波示例精密有限公司{region=330200}; 宁波示例精密有限公司重庆分公司{region=500104}");
  District district;
  district.region = RegionCode{500104};
  const Availability found =
      availability(graph, test::firm(graph, "宁波示例精密有限公司"), district);
  EXPECT_EQ(found.may, MayCome::Present);
  EXPECT_EQ(found.present, std::vector{test::firm(graph, "宁波示例精密有限公司重庆分公司")});
}

TEST(Availability, EachAnswerHasWords) {
  for (const MayCome may : {MayCome::Yes, MayCome::Unlocated, MayCome::Present, MayCome::StruckOff,
                            MayCome::Closing, MayCome::Inside, MayCome::Home}) {
    EXPECT_FALSE(may_come_text(may).en.empty());
    EXPECT_FALSE(may_come_text(may).zh.empty());
  }
}

TEST(Availability, ADistrictThatIsNoneIsRefused) {
  const EnterpriseGraph graph = test::sketch("甲{region=500104}");
  EXPECT_THROW((void)availability(graph, FirmId{0}, {}), Error);
}

}  // namespace
}  // namespace liantu
