#include "base/regions/region_forms.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace liantu {
namespace {

constexpr std::string_view kPairs =
#include "base/regions/region_forms.inc"
    ;

constexpr std::size_t kCharacter = 3;  ///< bytes of each character of the table

/// The character of three bytes at the start of a text; 0 when there is none.
std::uint16_t three_bytes(const char* text, const char* end) {
  if (end - text < 3) return 0;
  const auto byte = [text](int i) { return static_cast<std::uint8_t>(text[i]); };
  if ((byte(0) & 0xF0) != 0xE0 || (byte(1) & 0xC0) != 0x80 || (byte(2) & 0xC0) != 0x80) return 0;
  return static_cast<std::uint16_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 |
                                    (byte(2) & 0x3F));
}

/// For every character of three bytes the one that takes its place; 0 for itself.
class Forms {
 public:
  static constexpr std::uint16_t kDropped = 0xFFFF;

  Forms() : plain_(std::make_unique<std::array<std::uint16_t, 0x10000>>()) {
    std::string_view rest = kPairs;
    while (rest.size() >= 2 * kCharacter) {
      const char* const end = rest.data() + rest.size();
      (*plain_)[three_bytes(rest.data(), end)] = three_bytes(rest.data() + kCharacter, end);
      rest.remove_prefix(2 * kCharacter);
      if (rest.starts_with('\n')) rest.remove_prefix(1);
    }
    for (std::uint16_t c = 0x200B; c <= 0x200F; ++c) (*plain_)[c] = kDropped;
    for (std::uint16_t c = 0x202A; c <= 0x202E; ++c) (*plain_)[c] = kDropped;
    for (std::uint16_t c = 0x2060; c <= 0x2069; ++c) (*plain_)[c] = kDropped;
    (*plain_)[0xFEFF] = kDropped;
    (*plain_)[0] = 0;
  }

  [[nodiscard]] std::uint16_t of(std::uint16_t character) const { return (*plain_)[character]; }

 private:
  std::unique_ptr<std::array<std::uint16_t, 0x10000>> plain_;
};

void append(std::string& out, std::uint16_t character) {
  out.push_back(static_cast<char>(0xE0 | character >> 12));
  out.push_back(static_cast<char>(0x80 | (character >> 6 & 0x3F)));
  out.push_back(static_cast<char>(0x80 | (character & 0x3F)));
}

}  // namespace

std::string_view plain_forms(std::string_view text, std::string& buffer) {
  static const Forms kForms;
  const char* const end = text.data() + text.size();
  bool changed = false;
  const char* kept = text.data();  // from here on nothing is in the buffer yet
  for (const char* at = text.data(); at < end;) {
    const std::uint16_t character = three_bytes(at, end);
    if (character == 0) {
      ++at;
      continue;
    }
    if (const std::uint16_t plain = kForms.of(character); plain != 0) {
      if (!changed) buffer.clear();
      changed = true;
      buffer.append(kept, at);
      if (plain != Forms::kDropped) append(buffer, plain);
      kept = at + kCharacter;
    }
    at += kCharacter;
  }
  if (!changed) return text;
  buffer.append(kept, end);
  return buffer;
}

}  // namespace liantu
