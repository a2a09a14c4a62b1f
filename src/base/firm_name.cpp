#include "liantu/base/firm_name.hpp"

#include "base/code_point.hpp"
#include "liantu/base/utf8.hpp"

namespace liantu {
namespace {

// Longest first, so that the whole form comes off.
constexpr std::string_view kForms[] = {
    "股份有限公司", "股份合作公司", "有限合伙企业", "普通合伙企业", "农民专业合作社",
    "专业合作社",   "有限公司",     "合伙企业",     "合作社",       "经营部",
    "总公司",       "分公司",       "公司",         "工厂",         "厂",
    "co.,ltd.",     "co.,ltd",      "co.ltd",       "company",      "corporation",
    "limited",      "gmbh",         "inc.",         "inc",          "ltd.",
    "ltd",          "corp.",        "corp",         "llc",          "plc"};

/// A name without characters that nobody sees: zero-width ones, marks of direction, variation
/// selectors, soft hyphens, controls.
std::string without_invisible(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint next = decode_at(name, at);
    const char32_t c = next.value;
    const bool hidden =
        next.valid &&
        (c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E || c == 0xFEFF || c == 0x115F ||
         c == 0x1160 || c == 0x3164 || c == 0xFFA0 || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE01EF) || c == 0x7F ||
         (c >= 0x80 && c <= 0x9F) || (c < 0x20 && c != '\t' && c != '\n' && c != '\r'));
    if (!hidden) out += name.substr(at, next.bytes);
    at += next.bytes;
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

FirmName normalize_firm_name(std::string_view name) {
  FirmName result;
  for (const char c : normalize_width(without_invisible(name))) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    result.full += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  for (const std::string_view open : {"[", "{", "〔", "【", "<"}) {
    replace_all(result.full, open, "(");
  }
  for (const std::string_view close : {"]", "}", "〕", "】", ">"}) {
    replace_all(result.full, close, ")");
  }
  replace_all(result.full, "有限责任公司", "有限公司");
  replace_all(result.full, "　", "");

  for (const char c : result.full) {
    if (c != '(' && c != ')') result.core += c;
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
