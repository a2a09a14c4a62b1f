#include "tables/cells/cell_words.hpp"

#include "liantu/base/text/utf8.hpp"

namespace liantu {

std::string_view cell_words(std::string_view cell) {
  std::string_view text = trim(cell);
  if (text.size() >= 2 && text.starts_with('\'')) {
    const std::string_view rest = text.substr(1);
    const bool formula = std::string_view("=+-@\t\r").find(rest.front()) != std::string_view::npos;
    // An apostrophe of the text's own was doubled; 'quoted' words keep their quotes.
    if (formula || rest.front() == '\'' || rest.find('\'') == std::string_view::npos) {
      text = trim(rest);
    }
  }
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) {
    text = trim(text.substr(2, text.size() - 3));
  }
  return text;
}

}  // namespace liantu
