#include "chain/status.hpp"

#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace liantu
