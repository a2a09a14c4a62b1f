#include "liantu/tables/cells/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {
namespace {

using std::string_view_literals::operator""sv;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

[[noreturn]] void refuse(const std::string& file, TextPosition at, Text wrong, Text remedy) {
  throw Error(ErrorCode::InvalidData, {.file = file, .line = at.line, .column = at.column},
              std::move(wrong), std::move(remedy));
}

TextPosition position_after(std::string_view text) {
  TextPosition position;
  advance(position, text);
  return position;
}

void refuse_nul(std::string_view text, const std::string& file) {
  const std::size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return;
  refuse(file, position_after(text.substr(0, nul)),
         {"a NUL byte, so this is not text (or UTF-16 without a byte order mark)",
          "出现空字节（NUL），文件不是文本，或是不带 BOM 的 UTF-16"},
         {"save the file as \"CSV UTF-8\" in the spreadsheet program",
          "请在表格软件中另存为“CSV UTF-8（逗号分隔）”"});
}

[[noreturn]] void refuse_truncated(const std::string& file, TextPosition at) {
  refuse(file, at,
         {"the file ends in the middle of a character: it was cut off",
          "文件在一个字符的中间断开，内容不完整"},
         {"copy or export it again", "请重新复制或重新导出"});
}

[[noreturn]] void refuse_byte(const std::string& file, TextPosition at, unsigned char byte,
                              const Text& encoding) {
  refuse(file, at,
         {fmt::format("byte 0x{:02X} is not valid {}", byte, encoding.en),
          fmt::format("字节 0x{:02X} 不是有效的 {}", byte, encoding.zh)},
         {"mend the character there, or save the file as \"CSV UTF-8\" in the spreadsheet program",
          "请改正此处的字符，或在表格软件中另存为“CSV UTF-8（逗号分隔）”"});
}

/// How much of a text that is not valid UTF-8 is UTF-8 all the same.
struct Utf8Census {
  std::size_t valid = 0;    ///< characters of two bytes and more
  std::size_t invalid = 0;  ///< faulty places
  bool only_last_cut = false;
};

Utf8Census census_utf8(std::string_view bytes) {
  Utf8Census census;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::ptrdiff_t>(bytes.size());
  for (std::ptrdiff_t i = 0; i < size;) {
    if (data[i] < 0x80) {
      ++i;
      continue;
    }
    const std::ptrdiff_t start = i;
    UChar32 code_point = 0;
    U8_NEXT(data, i, size, code_point);
    if (code_point >= 0) {
      ++census.valid;
    } else {
      ++census.invalid;
      census.only_last_cut = census.invalid == 1 && i == size && data[start] >= 0xC2;
    }
  }
  return census;
}

/// What the bytes are if they are read as GB18030.
struct GbCensus {
  std::size_t ascii = 0;
  std::size_t two_bytes = 0;
  std::size_t four_bytes = 0;
  std::size_t gb2312 = 0;            ///< two-byte characters of the common set
  std::optional<std::size_t> fault;  ///< first byte that does not fit
  bool cut = false;                  ///< the fault is that the file ends in a character
  TextPosition fault_at;
};

GbCensus census_gb18030(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const auto lead = [](unsigned char b) { return b >= 0x81 && b <= 0xFE; };
  const auto digit = [](unsigned char b) { return b >= 0x30 && b <= 0x39; };
  GbCensus census;
  std::size_t i = 0;
  while (i < bytes.size()) {
    const unsigned char first = byte(i);
    if (first < 0x80) {
      ++census.ascii;
      ++i;
      continue;
    }
    const std::size_t left = bytes.size() - i;
    if (!lead(first)) {
      census.fault = i;
      return census;
    }
    if (left < 2) {
      census.fault = i;
      census.cut = true;
      return census;
    }
    const unsigned char second = byte(i + 1);
    if (digit(second)) {
      const bool fits = (left < 3 || lead(byte(i + 2))) && (left < 4 || digit(byte(i + 3)));
      if (!fits || left < 4) {
        census.fault = i;
        census.cut = fits;
        return census;
      }
      ++census.four_bytes;
      i += 4;
    } else if (second >= 0x40 && second != 0x7F && second != 0xFF) {
      ++census.two_bytes;
      if (first >= 0xA1 && first <= 0xF7 && second >= 0xA1) ++census.gb2312;
      i += 2;
    } else {
      census.fault = i;
      return census;
    }
  }
  return census;
}

struct Conversion {
  std::string text;
  std::optional<std::size_t> fault;  ///< first byte that could not be converted
  bool cut = false;
};

/// Converts all bytes or stops at the first that has no meaning; `room` is an upper bound of the
/// result.
Conversion convert(std::string_view bytes, const char* encoding, std::size_t room) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter from{ucnv_open(encoding, &status)};
  const Converter to{ucnv_open("UTF-8", &status)};
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status) != 0) {
    throw Error{ErrorCode::Io,
                {fmt::format("the converter for {} is missing: ICU's data is not installed whole",
                             encoding),
                 fmt::format("缺少 {} 编码转换表：ICU 数据安装不完整", encoding)}};
  }
  Conversion result;
  result.text.resize(room);
  const char* source = bytes.data();
  char* target = result.text.data();
  std::array<UChar, 4096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  ucnv_convertEx(to.get(), from.get(), &target, result.text.data() + room, &source,
                 bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                 pivot.data() + pivot.size(), 1, 1, &status);
  result.text.resize(static_cast<std::size_t>(target - result.text.data()));
  if (U_FAILURE(status) != 0) {
    std::array<char, 16> faulty;
    auto length = static_cast<std::int8_t>(faulty.size());
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(from.get(), faulty.data(), &length, &ignored);
    const auto consumed = static_cast<std::size_t>(source - bytes.data());
    result.fault = consumed - std::min<std::size_t>(consumed, static_cast<std::size_t>(length));
    result.cut = status == U_TRUNCATED_CHAR_FOUND;
  }
  return result;
}

/// Code points that no text people write holds: controls, unassigned and private-use ones.
std::size_t count_implausible(std::string_view text) {
  std::size_t count = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::ptrdiff_t>(text.size());
  for (std::ptrdiff_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_UNSAFE(data, i, c);
    if (c >= 0x4E00 && c < 0xA000) continue;
    if (c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7F)) continue;
    const auto type = u_charType(c);
    if (type == U_CONTROL_CHAR || type == U_UNASSIGNED || type == U_PRIVATE_USE_CHAR) ++count;
  }
  return count;
}

bool has_controls(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F) return true;
  }
  return false;
}

/// Position of a byte of a text read as GB18030.
TextPosition gb_position(std::string_view before) {
  TextPosition position;
  for (std::size_t i = 0; i < before.size();) {
    const auto first = static_cast<unsigned char>(before[i]);
    if (first < 0x80) {
      const bool pair = before.substr(i).starts_with("\r\n");
      advance(position, before.substr(i, pair ? 2 : 1));
      i += pair ? 2 : 1;
      continue;
    }
    const bool four = i + 1 < before.size() && before[i + 1] <= '9' && before[i + 1] >= '0';
    ++position.column;
    i += four ? 4 : 2;
  }
  return position;
}

DecodedText decode_utf16(std::string_view bytes, const char* encoding, const std::string& file) {
  // Two bytes become three at most.
  Conversion conversion = convert(bytes, encoding, bytes.size() / 2 * 3 + 16);
  if (conversion.fault) {
    // What stands before the fault is whole, so it tells the place.
    const std::string_view before = bytes.substr(0, *conversion.fault);
    const TextPosition at =
        position_after(convert(before, encoding, before.size() / 2 * 3 + 16).text);
    if (conversion.cut) refuse_truncated(file, at);
    const auto byte = static_cast<unsigned char>(bytes[*conversion.fault]);
    refuse_byte(file, at, byte, {encoding, encoding});
  }
  refuse_nul(conversion.text, file);
  return {std::move(conversion.text), encoding};
}

DecodedText decode_gb18030(std::string_view bytes, const std::string& file) {
  const std::size_t utf8_fault = find_invalid_utf8(bytes).value_or(0);
  const TextPosition utf8_at = position_after(bytes.substr(0, utf8_fault));
  const auto utf8_byte = static_cast<unsigned char>(bytes[utf8_fault]);
  const Utf8Census utf8 = census_utf8(bytes);
  // Almost any run of bytes is GB18030 as well, so a UTF-8 file with a fault in it would turn into
  // other words without a sound. In real GB18030 text few characters happen to be UTF-8.
  if (utf8.valid > 0 && utf8.only_last_cut) refuse_truncated(file, utf8_at);
  if (utf8.valid > utf8.invalid) {
    refuse_byte(file, utf8_at, utf8_byte,
                {"UTF-8, as most of the file is", "UTF-8（文件大部分是 UTF-8）"});
  }
  const Text neither = {"UTF-8 or GB18030 text", "UTF-8 或 GB18030"};
  const GbCensus gb = census_gb18030(bytes);
  const bool common = gb.gb2312 * 2 >= gb.two_bytes + gb.four_bytes;
  if (gb.fault && common && gb.gb2312 > 0) {
    const TextPosition at = gb_position(bytes.substr(0, *gb.fault));
    if (gb.cut) refuse_truncated(file, at);
    refuse_byte(file, at, static_cast<unsigned char>(bytes[*gb.fault]), neither);
  }
  // Latin-1 letters followed by plain ones read as rare characters outside the common set.
  if (gb.fault || !common || has_controls(bytes)) refuse_byte(file, utf8_at, utf8_byte, neither);
  Conversion conversion =
      convert(bytes, "gb18030", gb.ascii + 3 * gb.two_bytes + 4 * gb.four_bytes + 16);
  if (conversion.fault) {
    refuse_byte(file, gb_position(bytes.substr(0, *conversion.fault)),
                static_cast<unsigned char>(bytes[*conversion.fault]), neither);
  }
  if (count_implausible(conversion.text) * 20 > gb.two_bytes + gb.four_bytes) {
    refuse_byte(file, utf8_at, utf8_byte, neither);
  }
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (conversion.text.starts_with(kMark)) conversion.text.erase(0, kMark.size());
  return {std::move(conversion.text), "GB18030"};
}

}  // namespace

DecodedText decode_text(std::string bytes, const std::string& file) {
  refuse_other_kinds(bytes, file,
                     {FileKind::Text, FileKind::Json, FileKind::Output, FileKind::Model});
  if (bytes.starts_with("\xFF\xFE"sv)) {
    return decode_utf16(std::string_view{bytes}.substr(2), "UTF-16LE", file);
  }
  if (bytes.starts_with("\xFE\xFF"sv)) {
    return decode_utf16(std::string_view{bytes}.substr(2), "UTF-16BE", file);
  }
  const bool marked = bytes.starts_with("\xEF\xBB\xBF"sv);
  if (marked) bytes.erase(0, 3);
  refuse_nul(bytes, file);
  const auto fault = find_invalid_utf8(bytes);
  if (!fault) return {std::move(bytes), "UTF-8"};
  if (marked) {
    const TextPosition at = position_after(std::string_view{bytes}.substr(0, *fault));
    if (census_utf8(bytes).only_last_cut) refuse_truncated(file, at);
    refuse_byte(file, at, static_cast<unsigned char>(bytes[*fault]),
                {"UTF-8, which the file's byte order mark announces",
                 "UTF-8（文件开头的 BOM 声明为 UTF-8）"});
  }
  return decode_gb18030(bytes, file);
}

}  // namespace liantu
