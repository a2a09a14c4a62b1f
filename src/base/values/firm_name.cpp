#include "liantu/base/values/firm_name.hpp"

#include <algorithm>
#include <span>

#include <unicode/uchar.h>

#include "base/text/code_point.hpp"
#include "base/text/simplified.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

// Longest first, so that the whole form comes off. Brackets' marks are gone by then.
constexpr std::string_view kForms[] = {
    "合伙企业特殊普通合伙",
    "合伙企业有限合伙",
    "合伙企业普通合伙",
    "农民专业合作社联合社",
    "专业合作社联合社",
    "农民专业合作社",
    "股份有限公司",
    "股份合作公司",
    "有限合伙企业",
    "普通合伙企业",
    "个人独资企业",
    "专业合作社",
    "特殊普通合伙",
    "股份公司",
    "有限公司",
    "合伙企业",
    "有限合伙",
    "普通合伙",
    "株式会社",
    "合作社",
    "经营部",
    "总公司",
    "分公司",
    "公司",
    "工厂",
    "厂",
};

struct LatinForm {
  std::string_view words;  ///< lower case, without full stops, one blank between
  std::string_view form;   ///< reads as the same words again
};
// Longest first.
constexpr LatinForm kLatinForms[] = {
    {"gesellschaft mit beschränkter haftung", "gmbh"},
    {"gesellschaft mit beschrankter haftung", "gmbh"},
    {"limited liability partnership", "llp"},
    {"limited liability company", "llc"},
    {"public limited company", "plc"},
    {"public company limited", "plc"},
    {"proprietary limited", "pty.ltd"},
    {"corporation limited", "corp.,ltd"},
    {"private limited", "pte.ltd"},
    {"limited company", "co.,ltd"},
    {"company limited", "co.,ltd"},
    {"limited partnership", "lp"},
    {"kabushiki kaisha", "kk"},
    {"aktiengesellschaft", "ag"},
    {"sendirian berhad", "sdn.bhd"},
    {"company ltd", "co.,ltd"},
    {"co limited", "co.,ltd"},
    {"corp limited", "corp.,ltd"},
    {"gmbh co kg", "gmbh&co.kg"},
    {"société anonyme", "sa"},
    {"societe anonyme", "sa"},
    {"g m b h", "gmbh"},
    {"pty limited", "pty.ltd"},
    {"pte limited", "pte.ltd"},
    {"private ltd", "pte.ltd"},
    {"incorporated", "inc"},
    {"corporation", "corp"},
    {"pvt limited", "pte.ltd"},
    {"corp ltd", "corp.,ltd"},
    {"pte ltd", "pte.ltd"},
    {"pvt ltd", "pte.ltd"},
    {"pty ltd", "pty.ltd"},
    {"sdn bhd", "sdn.bhd"},
    {"co ltd", "co.,ltd"},
    {"co inc", "inc"},
    {"l l c", "llc"},
    {"l l p", "llp"},
    {"p l c", "plc"},
    {"s p a", "spa"},
    {"s r l", "srl"},
    {"s a s", "sas"},
    {"s a", "sa"},
    {"n v", "nv"},
    {"b v", "bv"},
    {"k k", "kk"},
    {"a g", "ag"},
    {"a s", "as"},
    {"l p", "lp"},
    {"company", "co"},
    {"limited", "ltd"},
    {"berhad", "bhd"},
    {"coltd", "co.,ltd"},
    {"gmbh", "gmbh"},
    {"sarl", "sarl"},
    {"corp", "corp"},
    {"bhd", "bhd"},
    {"inc", "inc"},
    {"ltd", "ltd"},
    {"llc", "llc"},
    {"llp", "llp"},
    {"plc", "plc"},
    {"spa", "spa"},
    {"srl", "srl"},
    {"sas", "sas"},
    {"oyj", "oyj"},
    {"aps", "aps"},
    {"kg", "kg"},
    {"ag", "ag"},
    {"sa", "sa"},
    {"nv", "nv"},
    {"bv", "bv"},
    {"ab", "ab"},
    {"oy", "oy"},
    {"kk", "kk"},
    {"lp", "lp"},
    {"co", "co"},
};

/// Radicals that documents have in place of the characters they are made of, and that the Unicode
/// forms leave alone.
constexpr struct {
  char32_t radical;
  char32_t character;
} kRadicals[] = {
    {0x2E8C, U'小'}, {0x2E9D, U'月'}, {0x2EA0, U'民'}, {0x2EB6, U'羊'}, {0x2EC4, U'西'},
    {0x2EC5, U'见'}, {0x2EC6, U'角'}, {0x2EC9, U'贝'}, {0x2ECB, U'车'}, {0x2ED3, U'长'},
    {0x2ED4, U'门'}, {0x2ED8, U'青'}, {0x2ED9, U'韦'}, {0x2EDA, U'页'}, {0x2EDB, U'风'},
    {0x2EDC, U'飞'}, {0x2EDD, U'食'}, {0x2EE2, U'马'}, {0x2EE3, U'骨'}, {0x2EE4, U'鬼'},
    {0x2EE5, U'鱼'}, {0x2EE6, U'鸟'}, {0x2EE7, U'卤'}, {0x2EE8, U'麦'}, {0x2EE9, U'黄'},
    {0x2EEC, U'齐'}, {0x2EEE, U'齿'}, {0x2EF0, U'龙'}, {0x2EF3, U'龟'},
};

// What nobody sees: zero-width characters, marks of direction, variation selectors, soft hyphens,
// controls.
bool is_hidden(char32_t c) {
  return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E || c == 0xFEFF || c == 0x115F ||
         c == 0x1160 || c == 0x3164 || c == 0xFFA0 || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE01EF) || c == 0x7F || (c >= 0x80 && c <= 0x9F) ||
         (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

bool one_of(char32_t c, std::u32string_view set) { return set.find(c) != set.npos; }

// One character for all that mean the same; 0 for what a name does not keep.
char32_t folded(char32_t c) {
  if (c < 0x80) {
    if (c >= 'A' && c <= 'Z') return c + ('a' - 'A');
    if (one_of(c, U"[{<")) return U'(';
    if (one_of(c, U"]}>")) return U')';
    return one_of(c, U"'\"`") ? 0 : c;
  }
  if (one_of(c, U"〔【〖《〈「『«‹⟨⟪")) return U'(';
  if (one_of(c, U"〕】〗》〉」』»›⟩⟫")) return U')';
  if (one_of(c, U"·•‧∙⋅⸱・᛫ꞏ●⦁")) return U'·';
  if (one_of(c, U"‐‑‒–—―−⸺⸻")) return U'-';
  if (one_of(c, U"。․")) return U'.';
  if (one_of(c, U"、،")) return U',';
  if (one_of(c, U"‘’‚‛“”„‟′″´＂")) return 0;
  if (c >= 0x2E80 && c <= 0x2EF3) {
    for (const auto& [radical, character] : kRadicals) {
      if (radical == c) return character;
    }
  }
  const char32_t simple = simplified(c);
  if (simple != c || (c >= 0x2E80 && c <= 0x9FFF)) return simple;
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' ||
         (c >= 0x80 && u_isUWhiteSpace(static_cast<UChar32>(c)) != 0);
}
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || (c >= 0xC0 && c < 0x250 && c != 0xD7);
}
// Marks that stand between words and never end or start a name.
bool is_mark(char32_t c) { return one_of(c, U".,·-&/;:_"); }

/// A legal form in Latin letters at the end.
struct LatinEnd {
  std::size_t begin;  ///< of the form in the text
  std::string_view form;
};

// The last words of a text, compared as words, so that Tesco does not end in `co`.
LatinEnd latin_end(std::u32string_view text) {
  struct Word {
    std::size_t begin;
    std::size_t end;
  };
  constexpr std::size_t kMostWords = 5;
  std::vector<Word> words;  // from the last
  std::size_t at = text.size();
  while (at > 0 && words.size() < kMostWords) {
    while (at > 0 &&
           (is_blank(text[at - 1]) || is_mark(text[at - 1]) || one_of(text[at - 1], U"()"))) {
      --at;
    }
    const std::size_t end = at;
    while (at > 0 && is_latin(text[at - 1])) --at;
    if (at == end) break;
    words.push_back({at, end});
  }
  std::string joined;  // the last words
  std::vector<std::size_t> starts;
  for (const Word& word : words) {
    const std::string one = to_utf8(text.substr(word.begin, word.end - word.begin));
    joined = joined.empty() ? one : one + " " + joined;
    starts.push_back(joined.size());
  }
  for (const LatinForm& form : kLatinForms) {
    const auto found = std::ranges::find(starts, form.words.size());
    if (found == starts.end() || !joined.ends_with(form.words)) continue;
    const std::size_t begin = words[static_cast<std::size_t>(found - starts.begin())].begin;
    const auto is_word = [](char32_t c) { return is_latin(c) || c > 0x2E80; };
    if (std::ranges::any_of(text.substr(0, begin), is_word)) return {begin, form.form};
  }
  return {text.size(), {}};
}

// Without blanks and without what only divides words.
std::u32string compact(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (is_blank(c)) continue;
    if (c == '.' || c == ',') {
      const char32_t before = i > 0 ? text[i - 1] : U' ';
      const char32_t after = i + 1 < text.size() ? text[i + 1] : U' ';
      if (is_digit(before) && is_digit(after)) {
        out += c;  // 3.5 is not 35
      } else if (c == '.' && before > 0x2E80 && after > 0x2E80) {
        out += U'·';
      }
      continue;
    }
    out += c;
  }
  while (!out.empty() && is_mark(out.back())) out.pop_back();
  const auto first = std::ranges::find_if_not(out, is_mark);
  out.erase(out.begin(), first);
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::size_t at = text.find(from);
  if (at == std::string::npos) return;
  std::string out;
  std::size_t done = 0;
  for (; at != std::string::npos; at = text.find(from, done)) {
    out.append(text, done, at - done).append(to);
    done = at + from.size();
  }
  text = out.append(text, done);
}

std::string without_hidden(std::string_view name) {
  std::u32string text = to_utf32(name);
  return std::erase_if(text, is_hidden) == 0 ? std::string(name) : to_utf8(text);
}

}  // namespace

FirmName normalize_firm_name(std::string_view name) {
  std::u32string seen;
  for (const char32_t c : to_utf32(normalize_width(without_hidden(name)))) {
    if (is_hidden(c)) continue;
    if (const char32_t one = folded(c); one != 0) seen += one;
  }
  const LatinEnd end = latin_end(seen);
  std::u32string words = compact(std::u32string_view(seen).substr(0, end.begin));
  // Of `Example (Ltd.)` the bracket has nothing in it any more.
  if (!end.form.empty() && words.ends_with(U'('))
    words = compact(words.substr(0, words.size() - 1));
  const auto says = [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; };
  if (std::ranges::none_of(words, says)) return {};

  FirmName result;
  result.full = to_utf8(words);
  replace_all(result.full, "有限责任公司", "有限公司");
  replace_all(result.full, "(有限)公司", "有限公司");
  for (const char c : result.full) {
    if (c != '(' && c != ')') result.core += c;
  }
  if (!end.form.empty()) {
    result.form = end.form;
    result.full += ",";
    result.full += end.form;
    return result;
  }
  for (const std::string_view form : kForms) {
    if (result.core.size() > form.size() && result.core.ends_with(form)) {
      result.core.resize(result.core.size() - form.size());
      result.form = form;
      break;
    }
  }
  return result;
}

}  // namespace liantu
