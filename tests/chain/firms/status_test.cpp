#include "chain/firms/status.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(Status, EachWordMakesAFirmInactive) {
  for (const std::string_view word : inactive_words()) {
    EXPECT_TRUE(inactive("已" + std::string(word) + "（2024）"));
  }
  for (const std::string_view status : {"", "存续", "在业", "开业", "迁入"}) {
    EXPECT_FALSE(inactive(status)) << status;
  }
}

TEST(Status, StruckOffIsGone) {
  for (const std::string_view status : {"注销", "已注销", "注销企业", "吊销，已注销", "吊销已注销",
                                        "已注销（2024-05-01）", "撤销登记", "已撤销", "核准注销"}) {
    EXPECT_TRUE(gone(status)) << status;
    EXPECT_TRUE(inactive(status)) << status;
  }
}

TEST(Status, WhatIsBeingWoundUpIsAliveAndAtRisk) {
  for (const std::string_view status :
       {"吊销", "吊销，未注销", "吊销未注销", "吊销（未注销）", "清算中", "正在注销", "拟注销",
        "注销中", "简易注销公告", "注销备案", "申请注销", "尚未注销", "停业", "歇业", "破产",
        "解散", "责令关闭"}) {
    EXPECT_FALSE(gone(status)) << status;
    EXPECT_TRUE(inactive(status)) << status;
  }
}

TEST(Status, WhoIsInBusinessIsNeither) {
  for (const std::string_view status :
       {"存续", "在业", "开业", "正常", "迁入", "在营（开业）企业", "仍注册", ""}) {
    EXPECT_FALSE(gone(status)) << status;
    EXPECT_FALSE(inactive(status)) << status;
  }
}

TEST(Holds, UntilItEndsOrAnEndIsStruckOff) {
  const EnterpriseGraph graph = test::sketch(R"(
    甲 -owns-> 乙; 甲 -owns{until=2019-05}-> 丙; 甲 -owns-> 丁{status=注销}
    戊{status=已注销} -owns-> 乙; 己{status=吊销，未注销} -owns-> 乙; person:某 -owns-> 乙
  )");
  const Relation owns = graph.relation(RelationKind::Owns);
  std::string held;
  for (std::uint64_t e = 0; e < owns.size(); ++e) {
    const EdgeId edge{e};
    if (!holds(graph, owns, edge, owns.source(edge), owns.target(edge), {2020, 1, 1})) continue;
    held += std::string(graph.name(owns.source(edge))) +
            std::string(graph.name(owns.target(edge))) + " ";
  }
  EXPECT_EQ(held, "甲乙 己乙 某乙 ");
  const EdgeId ended{1};
  EXPECT_TRUE(holds(graph, owns, ended, owns.source(ended), owns.target(ended), {2019, 5, 31}));
}

}  // namespace
}  // namespace liantu
