#include "liantu/graph/kind_text.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace liantu {

Text entity_text(EntityKind kind) {
  constexpr std::array<std::string_view, kEntityKinds.size()> kChinese = {"企业", "环节", "人员",
                                                                          "组织", "地块"};
  return {std::string(entity_word(kind)), std::string(kChinese[static_cast<std::size_t>(kind)])};
}

Text relations_between(EntityKind from, EntityKind to) {
  std::vector<std::string_view> words;
  for (const RelationKind kind : kRelationKinds) {
    if (relation_allows(kind, from, to)) words.push_back(relation_word(kind));
  }
  Text list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size();
    if (i > 0) list.en += last ? " or " : ", ";
    if (i > 0) list.zh += last ? " 或 " : "、";
    list.en += words[i];
    list.zh += words[i];
  }
  return list;
}

}  // namespace liantu
