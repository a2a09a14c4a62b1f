#include "liantu/base/text/error.hpp"

#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Error, MessageSaysPlaceWhatIsWrongAndWhatToDo) {
  const Error error(ErrorCode::InvalidData, {.file = "firms.csv", .line = 17, .column = 4},
                    {"share 1.2 is outside [0, 1]", "占比 1.2 不在 [0, 1] 内"},
                    {"write 1.2 % as 0.012", "1.2% 请写成 0.012"});
  EXPECT_EQ(error.message().en,
            "firms.csv:17:4: share 1.2 is outside [0, 1]; write 1.2 % as 0.012");
  EXPECT_EQ(error.message().zh, "firms.csv:17:4：占比 1.2 不在 [0, 1] 内；1.2% 请写成 0.012");
  EXPECT_EQ(error.what(), error.message().en);
}

TEST(Error, PartsStayApartWhateverTheySay) {
  const Error error(ErrorCode::InvalidData, {.file = "a: b; c.csv"},
                    {"column \"x; y\" occurs twice", "列名“x；y”重复"},
                    {"rename one; or both", "请改名"});
  EXPECT_EQ(error.place(), (InputPlace{.file = "a: b; c.csv"}));
  EXPECT_EQ(error.wrong().en, "column \"x; y\" occurs twice");
  EXPECT_EQ(error.remedy().en, "rename one; or both");
  EXPECT_EQ(error.message().en, "a: b; c.csv: column \"x; y\" occurs twice; rename one; or both");
}

TEST(Error, WithoutPlaceOrRemedyIsWhatIsWrong) {
  const Error error(ErrorCode::NotFound, {"no such firm", "没有该企业"});
  EXPECT_EQ(error.place(), InputPlace());
  EXPECT_EQ(error.wrong(), error.message());
  EXPECT_EQ(error.remedy(), Text());
  EXPECT_EQ(error.message().zh, "没有该企业");
  const Error at(ErrorCode::InvalidData, {.file = "a.json"}, {"is empty", "是空的"}, {});
  EXPECT_EQ(at.message().en, "a.json: is empty");
}

}  // namespace
}  // namespace liantu
