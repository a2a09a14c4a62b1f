#include "liantu/base/text/problem.hpp"

#include <string_view>

#include "base/text/excerpt.hpp"

namespace liantu {
namespace {

/// Appends `part` behind a separator, which is left out at the start.
void join(std::string& out, std::string_view separator, std::string_view part) {
  if (part.empty()) return;
  if (!out.empty()) out += separator;
  out += part;
}

/// A of 1, Z of 26, AA of 27; nothing of 0.
std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

}  // namespace

std::string InputPlace::to_string() const {
  std::string out = file;
  join(out, "#", sheet);
  if (!sheet.empty()) {
    if (row != 0) join(out, "!", (line != 0 ? column_letters(column) : "") + std::to_string(row));
    return out;
  }
  if (line != 0) {
    join(out, ":", std::to_string(line));
    if (column != 0) join(out, ":", std::to_string(column));
  } else if (row != 0) {
    join(out, ":", std::to_string(row));
  }
  return out;
}

std::string Problem::to_string(Language language) const {
  const bool zh = language == Language::Zh;
  std::string out = place.to_string();
  join(out, zh ? "：" : ": ", shortened(what.in(language)));
  join(out, zh ? "；" : "; ", shortened(remedy.in(language)));
  return out;
}

}  // namespace liantu
