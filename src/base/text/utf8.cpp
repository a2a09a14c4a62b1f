#include "liantu/base/text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text/code_point.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

/// First position at or after `from` that is no ASCII byte, or the size. Eight bytes a step, since
/// whole files pass through here.
std::size_t skip_ascii(std::string_view text, std::size_t from) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (from + 8 <= text.size()) {
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + from, 8);
    if ((block & kHighBits) != 0) break;
    from += 8;
  }
  while (from < text.size() && static_cast<unsigned char>(text[from]) < 0x80) ++from;
  return from;
}

/// First position at or after `from` that starts no character of three bytes, or one that needs a
/// closer look: most of a Chinese text are such characters.
std::size_t skip_three_bytes(std::string_view text, std::size_t from) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  while (from + 3 <= text.size() && (byte(from) & 0xF0) == 0xE0 && byte(from) != 0xE0 &&
         byte(from) != 0xED && (byte(from + 1) & 0xC0) == 0x80 && (byte(from + 2) & 0xC0) == 0x80) {
    from += 3;
  }
  return from;
}

bool is_blank(char32_t c) {
  // The two zero-width characters are not white space to Unicode, yet arrive at the ends of pasted
  // cells, where nobody can see or delete them.
  return c == 0x200B || c == 0xFEFF || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    at = skip_three_bytes(text, at);
    if (at == text.size()) break;
    const CodePoint next = decode_at(text, at);
    if (!next.valid) return at;
    at += next.bytes;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode_at(text, at);
    out.push_back(next.valid ? next.value : U'\uFFFD');
    at += next.bytes;
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t wide : text) {
    const char32_t c = wide > 0x10FFFF || (wide >= 0xD800 && wide <= 0xDFFF) ? U'\uFFFD' : wide;
    char bytes[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, static_cast<std::uint32_t>(c));
    out.append(bytes, length);
  }
  return out;
}

std::string normalize_width(std::string_view text) {
  if (skip_ascii(text, 0) == text.size()) return std::string(text);
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw Error(ErrorCode::LimitReached,
                {"a text longer than 2 GiB cannot be normalised; split it into smaller files",
                 "文本超过 2 GiB，无法统一全角半角；请拆分后再试"});
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  std::string out;
  // Nearly every Chinese text is in this form already.
  if (U_SUCCESS(status) && nfkc->isNormalizedUTF8(piece, status) != 0) {
    out = text;
  } else if (U_SUCCESS(status)) {
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
    nfkc->normalizeUTF8(0, piece, sink, nullptr, status);
  }
  if (U_FAILURE(status)) {
    throw Error(ErrorCode::Io, {std::string("the Unicode library cannot normalise text (") +
                                    u_errorName(status) + "); install its data files again",
                                std::string("Unicode 程序库无法规范化文本（") +
                                    u_errorName(status) + "）；请重新安装该库的数据文件"});
  }
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = decode_at(text, 0);
    if (!first.valid || !is_blank(first.value)) break;
    text.remove_prefix(first.bytes);
  }
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 4 &&
           (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) {
      --start;
    }
    const CodePoint last = decode_at(text, start);
    if (!last.valid || last.bytes != text.size() - start || !is_blank(last.value)) break;
    text.remove_suffix(last.bytes);
  }
  return text;
}

}  // namespace liantu
