#include "liantu/graph/kind_text.hpp"

#include <array>
#include <string>
#include <string_view>

namespace liantu {

Text entity_text(EntityKind kind) {
  constexpr std::array<std::string_view, kEntityKinds.size()> kChinese = {"企业", "环节", "人员",
                                                                          "组织", "地块"};
  return {std::string(entity_word(kind)), std::string(kChinese[static_cast<std::size_t>(kind)])};
}

}  // namespace liantu
