#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/string_map.hpp"

namespace liantu {

/// Who goes by a word: every entity of one kind by code, normalised name, key and alias. Ids are
/// local to the kind.
class EntityIndex {
 public:
  using Ids = std::vector<std::uint32_t>;

  /// Registers a word; the same entity twice is once. Names and aliases are normalised.
  void add_code(std::string_view code, std::uint32_t id) { add(codes_, code, id); }
  void add_key(std::string_view key, std::uint32_t id) { add(keys_, key, id); }
  void add_name(std::string_view name, std::uint32_t id) { add(names_, name, id); }
  void add_alias(std::string_view alias, std::uint32_t id) { add(aliases_, alias, id); }
  void add_core(std::string_view core, std::uint32_t id) { add(cores_, core, id); }

  /// Who goes by these words: none, one or, when they are ambiguous, several. A code is surer than
  /// a name, a name surer than a key, a key surer than an alias; the first that anyone goes by
  /// counts.
  ///
  /// @param code  The words as a code.
  /// @param name  The words as a name, normalised.
  /// @param key   The words as they stand.
  [[nodiscard]] const Ids& resolve(std::string_view code, std::string_view name,
                                   std::string_view key) const {
    for (const Ids* ids : {&by_code(code), &by_name(name), &by_key(key)}) {
      if (!ids->empty()) return *ids;
    }
    return by_alias(name);
  }

  [[nodiscard]] const Ids& by_code(std::string_view code) const { return find(codes_, code); }
  [[nodiscard]] const Ids& by_name(std::string_view name) const { return find(names_, name); }
  [[nodiscard]] const Ids& by_core(std::string_view core) const { return find(cores_, core); }
  [[nodiscard]] const Ids& by_key(std::string_view key) const { return find(keys_, key); }
  [[nodiscard]] const Ids& by_alias(std::string_view alias) const { return find(aliases_, alias); }

 private:
  static void add(StringMap<Ids>& map, std::string_view word, std::uint32_t id) {
    if (word.empty()) return;
    // Ascending, so that a name of many costs each of them little.
    Ids& ids = map[std::string(word)];
    const auto at = std::lower_bound(ids.begin(), ids.end(), id);
    if (at == ids.end() || *at != id) ids.insert(at, id);
  }
  static const Ids& find(const StringMap<Ids>& map, std::string_view word) {
    static const Ids kNone;
    const auto found = map.find(word);
    return found == map.end() ? kNone : found->second;
  }

  StringMap<Ids> codes_;
  StringMap<Ids> keys_;
  StringMap<Ids> names_;
  StringMap<Ids> aliases_;
  StringMap<Ids> cores_;
};

}  // namespace liantu
