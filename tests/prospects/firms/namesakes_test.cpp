#include "prospects/firms/namesakes.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

struct Names {
  GraphBuilder builder;

  FirmId firm(const char* name, std::uint32_t region) {
    const FirmId id{builder.add(EntityKind::Firm, name).local};
    builder.set_region(id, {RegionCode{region}, Basis::Stated});
    return id;
  }
  void makes(FirmId firm, const char* product) {
    builder.relate(RelationKind::Makes, firm,
                   SegmentId{builder.add(EntityKind::Segment, product).local}, {}, {});
  }
  std::vector<std::string> of(FirmId firm) {
    const EnterpriseGraph graph = builder.build();
    District chongqing;
    chongqing.region = RegionCode{500000};
    std::vector<std::string> found;
    for (const FirmId one : Namesakes(graph, chongqing).of(firm)) {
      found.emplace_back(graph.name(graph.entity(one)));
    }
    std::ranges::sort(found);
    return found;
  }
};

TEST(Namesakes, FourCharactersAreHardlyAnybodyElse) {
  Names names;
  const FirmId far = names.firm("康力电梯股份有限公司", 320509);
  names.firm("重庆康力电梯销售有限公司", 500103);
  names.firm("重庆康力医药有限公司", 500103);
  names.firm("江西康力电梯有限公司", 360100);
  EXPECT_EQ(names.of(far), (std::vector<std::string>{"重庆康力电梯销售有限公司"}))
      << "neither two characters alone nor a firm of another province";
}

TEST(Namesakes, ABrandCountsWithWhatBothMake) {
  Names names;
  const FirmId far = names.firm("云南西仪工业股份有限公司", 530100);
  names.makes(far, "汽车连杆");
  names.makes(far, "其他工业产品");
  names.firm("重庆西仪汽车连杆有限公司", 500112);
  names.firm("重庆西仪工业设备有限公司", 500112);
  EXPECT_EQ(names.of(far),
            (std::vector<std::string>{"重庆西仪工业设备有限公司", "重庆西仪汽车连杆有限公司"}))
      << "西仪工业 are four characters";
  Names others;
  const FirmId plain = others.firm("云南西仪股份有限公司", 530100);
  others.makes(plain, "汽车连杆");
  others.firm("重庆西仪汽车连杆有限公司", 500112);
  others.firm("重庆西仪汽车销售有限公司", 500112);
  EXPECT_EQ(others.of(plain), (std::vector<std::string>{"重庆西仪汽车连杆有限公司"}))
      << "汽车 says nothing";
}

TEST(Namesakes, BranchesFirmsThatAreGoneAndWordsOfTradesAreNone) {
  Names names;
  const FirmId far = names.firm("康力电梯股份有限公司", 320509);
  names.firm("康力电梯股份有限公司重庆分公司", 500103);
  const FirmId ended = names.firm("重庆康力电梯销售有限公司", 500103);
  names.builder.set(ended, EntityText::Status, "注销");
  EXPECT_TRUE(names.of(far).empty());
  Names trades;
  const FirmId motors = trades.firm("江西特种电机股份有限公司", 360900);
  trades.firm("重庆特种电机有限公司", 500103);
  EXPECT_TRUE(trades.of(motors).empty());
}

}  // namespace
}  // namespace liantu
