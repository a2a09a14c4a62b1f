#include "liantu/tables/cells/encoding.hpp"

#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/base/text/utf8.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

using namespace std::string_literals;

std::string failure(const std::string& bytes) {
  return failure_of([&] { (void)decode_text(bytes, "f.csv"); });
}

void expect_decoded(const std::string& bytes, const std::string& text,
                    const std::string& encoding) {
  const DecodedText decoded = decode_text(bytes, "f.csv");
  EXPECT_EQ(decoded.text, text);
  EXPECT_EQ(decoded.encoding, encoding);
}

TEST(Encoding, ValidUtf8StaysAsItIs) {
  expect_decoded("", "", "UTF-8");
  expect_decoded("plain", "plain", "UTF-8");
  expect_decoded("重庆𠀀é", "重庆𠀀é", "UTF-8");
}

TEST(Encoding, ByteOrderMarkGoes) {
  expect_decoded("\xEF\xBB\xBF名称", "名称", "UTF-8");
  expect_decoded("\xEF\xBB\xBF", "", "UTF-8");
}

TEST(Encoding, MarkedUtf16IsDecoded) {
  expect_decoded("\xFF\xFE"s + "\x0D\x54,\x00"s, "名,", "UTF-16LE");
  expect_decoded("\xFE\xFF"s + "\x54\x0D\x00,"s, "名,", "UTF-16BE");
  // U+20000 is the pair D840 DC00.
  expect_decoded("\xFE\xFF\xD8\x40\xDC\x00"s, "𠀀", "UTF-16BE");
  expect_decoded("\xFF\xFE"s, "", "UTF-16LE");
}

TEST(Encoding, Gb18030IsDecoded) {
  // GB 2312: 名 C3FB, 称 B3C6, 重 D6D8, 庆 C7EC.
  expect_decoded("\xC3\xFB\xB3\xC6,a\n\xD6\xD8\xC7\xEC\n", "名称,a\n重庆\n", "GB18030");
  // Four bytes: U+3400 is 81 39 EE 39.
  expect_decoded("\xD6\xD8\xC7\xEC\x81\x39\xEE\x39", "重庆㐀", "GB18030");
  // A mark of its own: U+FEFF is 84 31 95 33.
  expect_decoded("\x84\x31\x95\x33\xD6\xD8\xC7\xEC", "重庆", "GB18030");
}

TEST(Encoding, WordsThatLookLikeUtf8InPartAreStillGb18030) {
  // 联通 is C1AA CDA8, of which CD A8 is a UTF-8 character.
  expect_decoded("\xC1\xAA\xCD\xA8", "联通", "GB18030");
}

TEST(Encoding, OneWrongByteInUtf8IsNoGb18030) {
  EXPECT_EQ(failure("名称,地址\n甲公司,重庆\xB5路\n"),
            "InvalidData: f.csv:2:7: byte 0xB5 is not valid UTF-8, as most of the file is; "
            "mend the character there, or save the file as \"CSV UTF-8\" in the spreadsheet "
            "program");
  EXPECT_EQ(failure("\xEF\xBB\xBF"s + "名\n\xD6\xD8").substr(0, 37),
            "InvalidData: f.csv:2:1: byte 0xD6 is ");
}

TEST(Encoding, Latin1IsRefused) {
  // "Müller,Köln": FC 6C and F6 6C are GB18030 characters, but none of the common set.
  EXPECT_EQ(failure("name,city\nM\xFCller,K\xF6ln\n"),
            "InvalidData: f.csv:2:2: byte 0xFC is not valid UTF-8 or GB18030 text; mend the "
            "character there, or save the file as \"CSV UTF-8\" in the spreadsheet program");
}

TEST(Encoding, FirstByteThatIsNoGb18030IsNamed) {
  // 重庆 in line 1; FF begins no character.
  EXPECT_EQ(failure("\xD6\xD8\xC7\xEC,x\r\n\xD6\xD8,\xFF\n"),
            "InvalidData: f.csv:2:3: byte 0xFF is not valid UTF-8 or GB18030 text; mend the "
            "character there, or save the file as \"CSV UTF-8\" in the spreadsheet program");
}

TEST(Encoding, CutFilesAreRefused) {
  const std::string reason =
      ": the file ends in the middle of a character: it was cut off; copy or export it again";
  EXPECT_EQ(failure("名称\n重\xE5\xBA"), "InvalidData: f.csv:2:2" + reason);
  EXPECT_EQ(failure("\xEF\xBB\xBF重\xE5\xBA"), "InvalidData: f.csv:1:2" + reason);
  EXPECT_EQ(failure("\xD6\xD8\xC7\xEC\n\xD6\xD8\xC7"), "InvalidData: f.csv:2:2" + reason);
  EXPECT_EQ(failure("\xFF\xFE"s + "a\0b"s), "InvalidData: f.csv:1:2" + reason);
  EXPECT_EQ(failure("\xFE\xFF"s + "\x00"
                                  "a\xD8\x40"s),
            "InvalidData: f.csv:1:2" + reason);
}

TEST(Encoding, LoneSurrogateIsRefused) {
  EXPECT_EQ(failure("\xFF\xFE"s + "a\x00\n\x00\x00\xDC"s).substr(0, 52),
            "InvalidData: f.csv:2:1: byte 0x00 is not valid UTF-1");
}

TEST(Encoding, NulIsRefused) {
  const std::string reason =
      ": a NUL byte, so this is not text (or UTF-16 without a byte order mark); save the file as "
      "\"CSV UTF-8\" in the spreadsheet program";
  EXPECT_EQ(failure("名称\n甲\0"s), "InvalidData: f.csv:2:2" + reason);
  EXPECT_EQ(failure("a\0,\0b\0"s), "InvalidData: f.csv:1:2" + reason);
  EXPECT_EQ(failure("\xFF\xFE"s + "a\0\0\0"s), "InvalidData: f.csv:1:2" + reason);
}

TEST(Encoding, ControlCharactersMakeGb18030Implausible) {
  EXPECT_EQ(failure("\x01\xD6\xD8\xC7\xEC").substr(0, 37), "InvalidData: f.csv:1:2: byte 0xD6 is ");
}

TEST(Encoding, PrivateUseCharactersMakeGb18030Implausible) {
  // AAA1 … AAA4 are user-defined; they count as common by their bytes, not by what they mean.
  EXPECT_EQ(failure("\xAA\xA1\xAA\xA2\xAA\xA3\xAA\xA4").substr(0, 37),
            "InvalidData: f.csv:1:1: byte 0xAA is ");
}

TEST(Encoding, OtherFormatsAreToldByTheirFirstBytes) {
  const std::string rest = ", which cannot be read here, whatever its name says; ";
  EXPECT_EQ(failure("PK\x03\x04\x14"), "InvalidData: f.csv: this is a ZIP archive" + rest +
                                           "unpack it and give the files that are in it");
  EXPECT_EQ(failure("\xD0\xCF\x11\xE0\xA1"),
            "InvalidData: f.csv: this is an old Excel workbook (.xls) or another old Office file" +
                rest + "open it in the spreadsheet program and save it as .xlsx");
  EXPECT_EQ(failure("%PDF-1.7"),
            "InvalidData: f.csv: this is a PDF document" + rest +
                "copy its table into the spreadsheet program and save it as \"CSV UTF-8\"");
}

TEST(Encoding, MessagesAreInChineseToo) {
  const auto error = error_of([] { (void)decode_text("PK\x03\x04", "表.csv"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message().zh,
            "表.csv：文件内容其实是：ZIP 压缩包，此处不能读取；请解压后给出其中的文件");
}

// UTF-16 written out by its definition comes back as the UTF-8 of the same characters.
TEST(Encoding, RandomTextComesBackFromUtf16) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    std::mt19937 random{seed};
    std::u32string text;
    std::string little = "\xFF\xFE";
    std::string big = "\xFE\xFF";
    const auto unit = [&](std::uint32_t value) {
      const auto low = static_cast<char>(value & 0xFFU);
      const auto high = static_cast<char>(value >> 8U);
      little += {low, high};
      big += {high, low};
    };
    for (auto n = random() % 6000; n > 0; --n) {
      const bool ascii = random() % 2 == 0;
      auto c = static_cast<char32_t>(1 + random() % (ascii ? 0x7F : 0x10FFFF));
      if (c >= 0xD800 && c < 0xE000) c = U'重';
      text += c;
      if (c < 0x10000) {
        unit(c);
      } else {
        unit(0xD800 + ((c - 0x10000) >> 10U));
        unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
      }
    }
    const DecodedText from_little = decode_text(little, "f");
    const DecodedText from_big = decode_text(big, "f");
    ASSERT_EQ(from_little.text, to_utf8(text)) << seed;
    ASSERT_EQ(from_big.text, to_utf8(text)) << seed;
  }
}

}  // namespace
}  // namespace liantu
