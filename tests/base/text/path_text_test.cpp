#include "liantu/base/text/path_text.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(PathText, Utf8StaysAsItIs) {
  EXPECT_EQ(path_text("数据/企业 1.csv"), "数据/企业 1.csv");
  EXPECT_EQ(path_text(""), "");
}

TEST(PathText, BytesOfAnotherEncodingAreShown) {
  // 企业 in GBK.
  EXPECT_EQ(path_text("\xC6\xF3\xD2\xB5.csv"), "\\xC6\\xF3\\xD2\\xB5.csv");
  EXPECT_EQ(path_text("甲/a\xFF-乙"), "甲/a\\xFF-乙");
  EXPECT_NE(path_text("\xFF"), path_text("\xFE"));
}

}  // namespace
}  // namespace liantu
