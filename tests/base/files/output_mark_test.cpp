#include "liantu/base/files/output_mark.hpp"

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

TEST(OutputMark, AMarkedFileIsRefusedWithWhatToDo) {
  EXPECT_NO_THROW(refuse_output("a.csv", false));
  try {
    refuse_output("gaps.csv", true);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_STREQ(error.what(),
                 "gaps.csv: this is an output of Liantu; give the tables that it was made from");
    EXPECT_EQ(error.message().zh, "gaps.csv：这是链图自己的输出；请给出生成它所用的表");
  }
}

}  // namespace
}  // namespace liantu
