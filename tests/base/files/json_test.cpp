#include "liantu/base/files/json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

/// Every value with its place, in the order of the file: `{1:1 a=1@1:6}`.
std::string show(const JsonValue& value) {
  const std::string place = fmt::format("@{}:{}", value.line(), value.column());
  if (value.is_null()) return "null" + place;
  if (const bool* b = value.as_bool()) return (*b ? "true" : "false") + place;
  if (const double* d = value.as_number()) return fmt::format("{}{}", *d, place);
  if (const std::string* s = value.as_string()) return "'" + *s + "'" + place;
  std::string out;
  if (const JsonValue::Array* array = value.as_array()) {
    for (const JsonValue& element : *array) out += (out.empty() ? "" : " ") + show(element);
    return "[" + out + "]" + place;
  }
  for (const auto& [name, member] : *value.as_object()) {
    out += (out.empty() ? "" : " ") + name + "=" + show(member);
  }
  return "{" + out + "}" + place;
}

std::string parsed(std::string_view text) { return show(parse_json(text, "p.json")); }

/// Both messages of the error that a text raises.
Text refused(std::string_view text) {
  try {
    (void)parse_json(text, "p.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    return error.message();
  }
  return {"accepted", "accepted"};
}

/// Place part of the English message.
std::string refused_at(std::string_view text) {
  const std::string message = refused(text).en;
  return message.substr(0, message.find(": "));
}

TEST(Json, EveryValueKnowsWhereItStarts) {
  EXPECT_EQ(parsed("{\"a\": 1,\n  \"链\": [true, null, \"图\", {}],\n\"b\":-2.5e3 }"),
            "{a=1@1:7 链=[true@2:9 null@2:15 '图'@2:21 {}@2:26]@2:8 b=-2500@3:5}@1:1");
  EXPECT_EQ(parsed("[\"链图\", \"x\"]"), "['链图'@1:2 'x'@1:8]@1:1") << "columns are characters";
  EXPECT_EQ(parsed("\r\n\t 7"), "7@2:3");
  EXPECT_EQ(parsed("[[],[[]]]"), "[[]@1:2 [[]@1:6]@1:5]@1:1");
  EXPECT_EQ(parsed("[0,1, 22 ,3]"), "[0@1:2 1@1:4 22@1:7 3@1:11]@1:1");
}

TEST(Json, StringsMayHoldWhatSeparatesTokens) {
  EXPECT_EQ(parsed(R"(["a,:\"]}", "\\", 1])"), "['a,:\"]}'@1:2 '\\'@1:13 1@1:19]@1:1");
  EXPECT_EQ(parsed(R"({"k:,\"":"\u94fe\ud83d\ude00"})"), "{k:,\"='链😀'@1:10}@1:1");
}

TEST(Json, ByteOrderMarkIsNoCharacter) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF{}"), "{}@1:1");
  EXPECT_EQ(refused_at("\xEF\xBB\xBFx"), "p.json:1:1");
}

TEST(Json, NumbersKeepTheirFullPrecision) {
  EXPECT_EQ(*parse_json("0.1", "").as_number(), 0.1);
  EXPECT_EQ(*parse_json("9007199254740993", "").as_number(), 9007199254740992.0);
  EXPECT_EQ(*parse_json("-9223372036854775808", "").as_number(), -9223372036854775808.0);
  EXPECT_EQ(*parse_json("18446744073709551615", "").as_number(), 18446744073709551615.0);
  EXPECT_EQ(*parse_json("123456789012345678901234567890", "").as_number(), 1.2345678901234568e29);
  std::mt19937_64 random(8259);
  std::uniform_real_distribution<double> mantissa(-1, 1);
  for (int round = 0; round < 1000; ++round) {
    const double value = mantissa(random) * std::pow(10.0, static_cast<int>(random() % 60) - 30);
    EXPECT_EQ(*parse_json(fmt::format("{}", value), "").as_number(), value);
  }
}

TEST(Json, ZeroIsZeroWhateverItsExponent) {
  for (const char* text : {"0e43", "0E43", "0e+43", "0.0e43", "0e0", "0.000e22", "0e-5", "0e308",
                           "0.0000000000000000000000000000000000000000e60", "0e-999999999999"}) {
    EXPECT_EQ(*parse_json(text, "").as_number(), 0) << text;
  }
  EXPECT_TRUE(std::signbit(*parse_json("-0e43", "").as_number()));
}

TEST(Json, NumbersThatNoDoubleComesNearAreRefusedAtTheirPlace) {
  for (const char* text : {"1e309", "-1e309", "1.8e308", "1e-400", "-1e-400", "1e999999999999",
                           "1e-999999999999", "17976931348623158e293"}) {
    EXPECT_NE(refused(text).en, "accepted") << text;
    EXPECT_FALSE(refused(text).zh.empty());
  }
  EXPECT_EQ(refused("[1,\n 1.8e308]").en,
            "p.json:2:2: the number is too large or too close to 0 to be reckoned with; write 0, "
            "or one between 1e-307 and 1e308");
  EXPECT_EQ(*parse_json("1.7976931348623157e308", "").as_number(), 1.7976931348623157e308);
  EXPECT_EQ(*parse_json("5e-324", "").as_number(), 5e-324);
}

/// A number as JSON allows it, of the kinds that readers stumble over.
std::string hostile_number(std::mt19937_64& random) {
  const auto digits = [&](std::size_t most) {
    std::string text;
    const std::size_t count = 1 + random() % most;
    const std::uint64_t kind = random() % 4;  // zeros, nines, any, zeros then any
    for (std::size_t i = 0; i < count; ++i) {
      const char any = static_cast<char>('0' + random() % 10);
      text += kind == 0 ? '0' : kind == 1 ? '9' : kind == 3 && 2 * i < count ? '0' : any;
    }
    return text;
  };
  std::string text = random() % 2 == 0 ? "-" : "";
  std::string whole = digits(random() % 8 == 0 ? 330 : 22);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  text += whole;
  if (random() % 2 == 0) text += "." + digits(random() % 8 == 0 ? 330 : 22);
  if (random() % 2 == 0) {
    text += random() % 2 == 0 ? "e" : "E";
    const std::uint64_t sign = random() % 3;
    text += sign == 0 ? "+" : sign == 1 ? "-" : "";
    text += digits(random() % 8 == 0 ? 12 : 3);
  }
  return text;
}

TEST(JsonProperty, HostileNumbersAreWhatStrtodReadsOrRefused) {
  std::mt19937_64 random(43);
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = hostile_number(random);
    const double expected = std::strtod(text.c_str(), nullptr);
    try {
      EXPECT_EQ(*parse_json(text, "").as_number(), expected) << text;
      EXPECT_EQ(*parse_json("[" + text + " ]", "").as_array()->front().as_number(), expected);
      ++taken;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData);
      // RapidJSON gives up at some 308 digits before the point, whatever the exponent.
      EXPECT_TRUE(std::abs(expected) < 1e-300 || std::isinf(expected) || text.size() > 300) << text;
    }
  }
  EXPECT_GT(taken, 10'000);
}

TEST(Json, FindsMembersByName) {
  const JsonValue root = parse_json(R"({"a": 1, "": 2, "b": null})", "");
  EXPECT_EQ(*root.find("a")->as_number(), 1);
  EXPECT_EQ(*root.find("")->as_number(), 2);
  EXPECT_TRUE(root.find("b")->is_null());
  EXPECT_EQ(root.find("c"), nullptr);
  EXPECT_EQ(root.find("a")->find("a"), nullptr) << "a number has no members";
}

TEST(Json, NamingAMemberTwiceIsAnErrorAtTheSecond) {
  const Text text = refused("{\"a\": 1,\n \"链\": {\"a\": 2},\n  \"a\": 3}");
  EXPECT_EQ(text.en, "p.json:3:3: member \"a\" is named twice; keep one of them");
  EXPECT_EQ(text.zh, "p.json:3:3：成员“a”重复出现；请只保留一个");
  EXPECT_EQ(refused_at(R"({"a":1,"\u0061":2})"), "p.json:1:8") << "the same name escaped";
}

TEST(Json, SyntaxErrorsSayWhereWhatAndWhatToDo) {
  const Text text = refused("{\n  \"链\" 1}");
  EXPECT_EQ(text.en, "p.json:2:7: a colon is missing after the name of a member; add \":\"");
  EXPECT_EQ(text.zh, "p.json:2:7：成员名后缺少冒号；请加上英文冒号");
  EXPECT_EQ(refused_at(""), "p.json:1:1");
  EXPECT_EQ(refused_at(" \n "), "p.json:2:2");
  EXPECT_EQ(refused_at("[1,\n2 3]"), "p.json:2:3");
  EXPECT_EQ(refused_at("{\"a\":1,}"), "p.json:1:8");
  EXPECT_EQ(refused_at("{\"a\":1"), "p.json:1:7");
  EXPECT_EQ(refused_at("[1,]"), "p.json:1:4");
  EXPECT_EQ(refused_at("{'a':1}"), "p.json:1:2");
  EXPECT_EQ(refused_at("[1] // no"), "p.json:1:5");
}

TEST(Json, RefusesWhatIsNoJson) {
  for (const char* text :
       {"tru",     "NaN",    "Infinity", "-",         "01",          "1.", "1e",  "1e999",
        "\"a",     "\"\n\"", R"("\q")",  R"("\u12")", R"("\ud83d")", "[",  "]",   "{",
        "{\"a\"}", "{1:2}",  "[1}",      "/**/1",     "+1",          ".5", "'a'", "nullx"}) {
    EXPECT_NE(refused(text).en, "accepted") << text;
  }
}

TEST(Json, GoingOnAfterTheEndIsAnError) {
  const Text text = refused("{}\n{}");
  EXPECT_EQ(text.en, "p.json:2:1: text goes on after the end of the JSON value; remove it");
  EXPECT_EQ(text.zh, "p.json:2:1：JSON 内容结束后仍有多余文字；请删除");
  EXPECT_EQ(refused_at(std::string_view("{}\0{}", 5)), "p.json:1:3");
  EXPECT_EQ(refused_at(std::string_view("{}\0", 3)), "p.json:1:3");
  EXPECT_EQ(parsed("{} \n\n"), "{}@1:1");
}

TEST(Json, BytesThatAreNoUtf8AreAnErrorAtTheirPlace) {
  const Text text = refused("{\"链\":\n \"图\xFF\"}");
  EXPECT_EQ(text.en, "p.json:2:4: the text is not UTF-8; save the file as UTF-8");
  EXPECT_EQ(text.zh, "p.json:2:4：文本不是 UTF-8 编码；请将文件另存为 UTF-8");
}

TEST(Json, HalfASurrogatePairIsAnError) {
  EXPECT_EQ(refused_at(R"(["\ud800"])"), "p.json:1:3");
  EXPECT_EQ(refused_at(R"(["a", "\udc00"])"), "p.json:1:7");
  EXPECT_EQ(refused_at(R"({"\udc00": 1})"), "p.json:1:2");
}

TEST(Json, NestsSixtyFourLevelsAndNoMore) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(parsed(nested(64)).substr(0, 3), "[[[");
  const Text text = refused(nested(65));
  EXPECT_EQ(text.en, "p.json:1:65: nested deeper than 64 levels; make the file flatter");
  EXPECT_EQ(text.zh, "p.json:1:65：嵌套超过 64 层；请减少层次");
  EXPECT_EQ(refused_at(std::string(1000000, '[')), "p.json:1:65");
}

}  // namespace
}  // namespace liantu
