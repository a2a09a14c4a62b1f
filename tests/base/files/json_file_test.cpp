#include "base/files/json_file.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

const JsonFile kFile("p.json");

std::string failure_of(const std::string& text, const std::function<void(const JsonValue&)>& read) {
  try {
    read(parse_json(text, "p.json"));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_FALSE(error.wrong().zh.empty());
    EXPECT_EQ(error.remedy().en.empty(), error.remedy().zh.empty());
    return error.message().en;
  }
  return "";
}

TEST(JsonFile, ReadsWhatIsThere) {
  const JsonValue root =
      parse_json(R"({"t": "x", "n": -1.5, "c": 7, "l": [1, 2], "o": {}})", "p.json");
  EXPECT_EQ(kFile.string(kFile.member(root, "t")), "x");
  EXPECT_EQ(kFile.number(kFile.member(root, "n")), -1.5);
  EXPECT_EQ(kFile.count(kFile.member(root, "c")), 7U);
  EXPECT_EQ(kFile.array(kFile.member(root, "l")).size(), 2U);
  EXPECT_EQ(kFile.numbers(kFile.member(root, "l"), 2), (std::vector<double>{1, 2}));
  EXPECT_TRUE(kFile.object(kFile.member(root, "o")).empty());
  kFile.only(root, {"t", "n", "c", "l", "o", "more"});
  EXPECT_EQ(kFile.place(kFile.member(root, "t")),
            (InputPlace{.file = "p.json", .line = 1, .column = 7}));
}

TEST(JsonFile, SaysPlaceFaultAndRemedyOfAnotherKind) {
  EXPECT_EQ(failure_of("\n 1", [](auto& v) { (void)kFile.string(v); }),
            "p.json:2:2: a text is expected here; write it in double quotes");
  EXPECT_EQ(failure_of("\"1\"", [](auto& v) { (void)kFile.number(v); }),
            "p.json:1:1: a number is expected here; write it without quotes");
  for (const char* no_count : {"-1", "0.5", "1e17"}) {
    EXPECT_EQ(failure_of(no_count, [](auto& v) { (void)kFile.count(v); }),
              "p.json:1:1: a whole number of 0 or more is expected here; write it without sign and "
              "fraction");
  }
  EXPECT_EQ(failure_of("{}", [](auto& v) { (void)kFile.array(v); }),
            "p.json:1:1: a list is expected here; write [ … ]");
  EXPECT_EQ(failure_of("[]", [](auto& v) { (void)kFile.object(v); }),
            "p.json:1:1: an object is expected here; write { … }");
  EXPECT_EQ(failure_of("[1]", [](auto& v) { (void)kFile.numbers(v, 2); }),
            "p.json:1:1: there are 1 numbers instead of 2");
  for (const char* without : {"{}", "[]", "1"}) {
    EXPECT_EQ(failure_of(without, [](auto& v) { (void)kFile.member(v, "a"); }),
              "p.json:1:1: the member `a` is missing");
  }
}

TEST(JsonFile, UnknownMemberIsRefusedAtItsPlace) {
  EXPECT_EQ(failure_of(R"({"a": 1, "b; c": 2})",
                       [](auto& v) {
                         kFile.only(v, {"a", "d"});
                       }),
            "p.json:1:18: member \"b; c\" is not known; known here: a d");
}

TEST(JsonFile, RemedyOfTheFileStandsForAll) {
  const JsonFile model("m.json", {"train again", "重新训练"});
  EXPECT_EQ(failure_of("1", [&](auto& v) { (void)model.string(v); }),
            "m.json:1:1: a text is expected here; train again");
}

}  // namespace
}  // namespace liantu
