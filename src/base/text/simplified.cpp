#include "base/text/simplified.hpp"

#include <exception>
#include <new>
#include <opencc/SimpleConverter.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr char32_t kFirst = 0x3400;  // of the ideographs that the dictionary tells anything of
constexpr char32_t kLast = 0x9FFF;

/// Characters of the standard list of simplified ones that are traditional for others as well.
constexpr std::u32string_view kBoth = U"乾昇於徵瞭藉夥甯俬剋苧";

std::vector<char32_t> read_dictionary() {
  std::u32string all;
  for (char32_t c = kFirst; c <= kLast; ++c) {
    all += c;
    all += U'\n';  // no phrase goes over a line
  }
  std::u32string converted;
  // OpenCC takes a moment without memory for a file that is missing, so that it is asked twice.
  for (int turn = 0; turn < 2 && converted.empty(); ++turn) {
    try {
      const opencc::SimpleConverter converter("t2s.json");
      converted = to_utf32(converter.Convert(to_utf8(all)));
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception&) {
      constexpr std::size_t kSome = std::size_t{1} << 16;
      const std::vector<char> memory(kSome);  // without any the fault is that
    }
  }
  if (converted.size() != all.size()) {
    throw Error(ErrorCode::Io,
                {"the dictionary of traditional characters (OpenCC, t2s.json) cannot be read; "
                 "install libopencc-data again",
                 "无法读取简繁转换词典（OpenCC，t2s.json）；请重新安装 libopencc-data"});
  }
  std::vector<char32_t> table;
  table.reserve(kLast - kFirst + 1);
  for (std::size_t at = 0; at < all.size(); at += 2) {
    table.push_back(kBoth.find(all[at]) == kBoth.npos ? converted[at] : all[at]);
  }
  return table;
}

}  // namespace

char32_t simplified(char32_t c) {
  if (c < kFirst || c > kLast) return c;
  static const std::vector<char32_t> kTable = read_dictionary();
  return kTable[c - kFirst];
}

}  // namespace liantu
